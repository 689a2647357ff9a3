import { describe, expect, it } from 'vitest'
import { LookerError } from '../looker-error.ts'
import { checkTarget } from './download-target.ts'
import { isPublicAddress } from './public-address.ts'

describe('isPublicAddress', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '34.72.10.1',
    '2606:4700::1111',
    '2a00:1450:4001::5',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
  ])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::ffff:0:10.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b:1::8.8.8.8',
    '2002:7f00:1::',
    '2002:0808:0808::',
    '2001:0:4136:e378::',
    '2001:db8::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    'localhost',
    '',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false))
})

describe('checkTarget without origins', () => {
  it('allows https to a host name or a public address', () => {
    expect(checkTarget('https://acme.looker.com/downloads/x?y', [])).toMatchObject({ publicOnly: true })
    expect(checkTarget('https://8.8.8.8/', []).publicOnly).toBe(true)
  })

  it.each([
    'http://acme.looker.com/',
    'ftp://acme.looker.com/',
    'file:///etc/passwd',
    'data:application/json,{}',
    'acme.looker.com/downloads',
    '',
    'https://user@acme.looker.com/',
    'https://:secret@acme.looker.com/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://①②⑦.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fd00::1]/',
  ])('refuses %s', (address) => {
    expect(() => checkTarget(address, [])).toThrow(LookerError)
  })
})

describe('checkTarget with origins', () => {
  const origins = ['https://acme.looker.com', 'http://127.0.0.1:9000']

  it('allows exactly these, private ones and http too', () => {
    expect(checkTarget('https://acme.looker.com/downloads/x', origins).publicOnly).toBe(false)
    expect(checkTarget('http://127.0.0.1:9000/downloads/x', origins).publicOnly).toBe(false)
    expect(checkTarget('HTTPS://ACME.looker.com:443/x', origins).publicOnly).toBe(false)
  })

  it.each([
    'https://acme.looker.com:444/',
    'http://acme.looker.com/',
    'https://acme.looker.com.evil.example/',
    'https://acme.looker.com@evil.example/',
    'https://user@acme.looker.com/',
    'https://other.example/',
    'http://127.0.0.1:9001/',
  ])('refuses %s', (address) => {
    expect(() => checkTarget(address, origins)).toThrow(LookerError)
  })

  it('names the origin, and neither path nor query', () => {
    const check = () => checkTarget('https://other.example/downloads/TOKEN?key=TOKEN', origins)
    expect(check).toThrow('https://other.example,')
    expect(check).not.toThrow('TOKEN')
  })
})
