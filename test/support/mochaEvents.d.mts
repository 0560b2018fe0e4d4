export type MochaEvent =
  | { kind: 'suite'; title: string; depth: number }
  | {
      kind: 'pass';
      title: string;
      fullTitle: string;
      depth: number;
      durationMs: number;
    }
  | { kind: 'fail'; title: string; fullTitle: string; depth: number; error: string }
  | { kind: 'skip'; title: string; fullTitle: string; depth: number }
  | { kind: 'end' };

/** A mocha reporter that sends events instead of printing. */
export function reporterThatSends(send: (event: MochaEvent) => void): Mocha.ReporterConstructor;

/** An event for people to read; undefined where there is nothing to say. */
export function eventText(event: MochaEvent): string | undefined;
