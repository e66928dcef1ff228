import { describe, expect, it } from '@jest/globals';
import { calendarAddress, hostOf, isInternal } from './calendar-address';

describe('where calendars are read', () => {
  it('at https, http and webcal addresses, without a password in them', () => {
    expect(calendarAddress(' webcal://p01.example.org/a.ics#x ')?.href).toBe('https://p01.example.org/a.ics');
    expect(calendarAddress('http://agenda.example.org:8443/a')?.host).toBe('agenda.example.org:8443');
    for (const other of [
      'ftp://a.example/x',
      'file:///etc/passwd',
      'https://u:p@a.example/x',
      'https://',
      'a.example',
    ]) {
      expect(calendarAddress(other)).toBeNull();
    }
  });

  it('never on this machine or an internal network, however it is written', () => {
    const internal = [
      ...[
        '127.0.0.1',
        '10.1.2.3',
        '172.31.0.1',
        '192.168.1.1',
        '169.254.169.254',
        '100.64.0.1',
        '0.0.0.0',
        '224.0.0.1',
      ],
      ...[
        '::1',
        '::',
        '::ffff:127.0.0.1',
        '::ffff:7f00:1',
        'fe80::1',
        'fd00::1',
        '64:ff9b::7f00:1',
        '2002:7f00:1::',
        'x',
      ],
    ];
    expect(internal.filter((address) => !isInternal(address))).toEqual([]);
    expect(['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'].filter(isInternal)).toEqual([]);
  });

  it('numbers in disguise are the addresses they are', () => {
    for (const disguised of ['http://2130706433/', 'http://0x7f.1/', 'http://[::ffff:7f00:1]/']) {
      const url = calendarAddress(disguised);
      expect(url && isInternal(hostOf(url))).toBe(true);
    }
  });
});
