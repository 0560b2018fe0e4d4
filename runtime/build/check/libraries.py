"""The extension modules over C libraries, and the data files."""

import bz2
import compression.zstd
import datetime
import decimal
import hashlib
import hmac
import lzma
import sqlite3
import unicodedata
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
import zoneinfo

import _decimal

data = b'sandbox ' * 1000
for codec in (zlib, bz2, lzma, compression.zstd):
    packed = codec.compress(data)
    assert len(packed) < 200 and codec.decompress(packed) == data, codec

for place in (':memory:', '/tmp/check.db'):
    with sqlite3.connect(place) as database:
        database.execute('create table t (a integer primary key, b text)')
        database.executemany('insert into t (b) values (?)', [('x',), ('y',)])
        assert database.execute('select a, b from t order by a').fetchall() == [(1, 'x'), (2, 'y')]
        database.execute('create virtual table f using fts5(body)')
        database.execute("insert into f values ('hello world')")
        assert database.execute("select count(*) from f where f match 'hello'").fetchone() == (1,)
    database.close()

assert decimal.Decimal is _decimal.Decimal
assert str(decimal.Decimal(1) / 7) == '0.1428571428571428571428571429'
assert unicodedata.name('é') == 'LATIN SMALL LETTER E WITH ACUTE'
assert ElementTree.fromstring('<a><b c="1">x</b></a>').find('b').get('c') == '1'

for name in sorted(hashlib.algorithms_guaranteed):
    digest = hashlib.new(name, b'abc')
    assert digest.hexdigest(*([32] if name.startswith('shake') else [])), name
assert hashlib.sha256(b'abc').hexdigest().startswith('ba7816bf8f01cfea')
assert hmac.digest(b'key', b'The quick brown fox jumps over the lazy dog', 'md5').hex().startswith('80070713463e7749')

# RFC 6070 and RFC 7914
assert hashlib.pbkdf2_hmac('sha1', b'password', b'salt', 2).hex() == 'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957'
assert hashlib.pbkdf2_hmac('sha256', b'passwd', b'salt', 1, 64).hex() == (
    '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc'
    '49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783'
)

summer = datetime.datetime(2026, 7, 1, tzinfo=zoneinfo.ZoneInfo('Europe/Paris'))
assert summer.utcoffset() == datetime.timedelta(hours=2)
zones = zoneinfo.available_timezones()
assert len(zones) > 400 and {'UTC', 'America/New_York', 'US/Pacific'} <= zones, len(zones)

with zipfile.ZipFile('/tmp/check.zip', 'w', zipfile.ZIP_DEFLATED) as archive:
    archive.writestr('a.txt', data)
with zipfile.ZipFile('/tmp/check.zip') as archive:
    assert archive.read('a.txt') == data
