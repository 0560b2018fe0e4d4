import { py } from './py.js';

/**
 * Forges the code object of that number, always the same, and calls it. Prints the type of exception
 * that came of it, or `returned`: whatever else happens is not the program's own doing.
 */
export function forgeBytecode(index: number): string {
  return py`
    import opcode, random, sys
    choose = random.Random(${index})

    def counts(a, b, *rest, key=3):
        total = 0
        for number in range(4):
            if number % 2: total += number * a
            else: total -= [b, *rest, number][-1]
        while total > 9 and a: total -= 2
        return {'total': total, key: f'{a!r} {total:>4}'}
    def handles(a, b, *rest, key=3):
        try:
            with open('/tmp/x', 'w') as file: print(a, b, file=file, sep='-')
            return a[b:key]
        except (TypeError, ValueError) as error: raise KeyError(a) from error
        finally: rest = [*rest, lambda: key + len(rest)]
    def yields(a, b, *rest, key=3):
        def inner(given):
            nonlocal key
            key = yield from (given, a)
            yield [each for each in rest if each != key]
        return [*inner(b)], (lambda: (key, a))(), {each: each for each in rest}
    def builds(a, b, *rest, key=3):
        class Built:
            held = a
            def __add__(self, other): return self.held, super().__repr__, other
        match Built() + b:
            case (1, held, [*many]): return held, many
            case (held, _, int(number)) if number: return held is not number
        import math
        del key
        return math.pi ** -a

    OPCODES = [*opcode.opmap.values(), *opcode._specialized_opmap.values()]
    OPCODES = [code for code in OPCODES if code < 256]

    def forge(code):
        units = [[*code.co_code[at:at + 2]] for at in range(0, len(code.co_code), 2)]
        how = choose.randrange(5)
        if how == 0: units = [[choose.randrange(256), choose.randrange(256)] for _ in range(choose.randrange(1, 40))]
        elif how == 1: choose.shuffle(units)
        else:
            for _ in range(choose.choice((1, 2, 4, 8))):
                unit = choose.choice(units)
                if choose.random() < 0.6: unit[0] = choose.choice(OPCODES)
                if choose.random() < 0.6: unit[1] = choose.choice((choose.randrange(8), choose.randrange(256)))
        fields = {'co_code': bytes([byte for unit in units for byte in unit])}
        if choose.random() < 0.3: fields['co_stacksize'] = choose.choice((0, 1, 2, 1000, 2**20))
        if choose.random() < 0.3: fields['co_consts'] = code.co_consts[:choose.randrange(3)]
        if choose.random() < 0.3: fields['co_names'] = code.co_names[:choose.randrange(3)]
        if choose.random() < 0.3: fields['co_exceptiontable'] = choose.randbytes(choose.randrange(40))
        if choose.random() < 0.3: fields['co_linetable'] = choose.randbytes(choose.randrange(40))
        if choose.random() < 0.2: fields['co_flags'] = code.co_flags ^ 1 << choose.randrange(10)
        if choose.random() < 0.1: fields['co_varnames'] = (*code.co_varnames, 'more'); fields['co_nlocals'] = code.co_nlocals + 1
        if choose.random() < 0.1: fields['co_freevars'] = 'closed',
        return code.replace(**fields)

    def call(function):
        for _ in range(3):
            result = function(5, [1, 2], (3, 4), 'rest', key=1)
            if hasattr(result, 'send'): [*result]

    victim = choose.choice((counts, handles, yields, builds))
    try:
        forged = forge(victim.__code__)
        cells = tuple((lambda value: lambda: value)(5).__closure__ * len(forged.co_freevars))
        function = type(victim)(forged, globals(), 'forged', victim.__defaults__, cells)
        function.__kwdefaults__ = victim.__kwdefaults__
        call(function)
    except BaseException as error: print(type(error).__name__)
    else: print('returned')
  `;
}
