// Certificates and requests for them: made, read and checked (RFC 5280, RFC 2986).
import { formatTime } from '../engine.ts'
import { sha1 } from '../sha1.ts'
import {
  bitString,
  bytesOf,
  children,
  context,
  fromPem,
  integer,
  nothing,
  octets,
  oid,
  oidText,
  pem,
  printable,
  read,
  sequence,
  setOf,
  tagged,
  textOf,
  toHex,
  utf8String,
} from './der.ts'
import { publicInfo, readPublicInfo } from './keys.ts'
import { type PrivateKey, type PublicKey, sign, verify } from './rsa.ts'

/** `CN=web, O=Example`: pairs in order. */
export type Name = readonly (readonly [kind: string, value: string])[]

export interface Extension {
  readonly name: string
  readonly critical: boolean
  /** As a configuration writes it: `DNS:web, IP:10.0.0.1`, `CA:TRUE`. */
  readonly value: string
}

export interface Certificate {
  readonly serial: bigint
  readonly issuer: Name
  readonly subject: Name
  /** ms since 1970. */
  readonly from: number
  readonly to: number
  readonly key: PublicKey
  readonly extensions: readonly Extension[]
  /** What was signed, and the signature; hexadecimal. */
  readonly body: string
  readonly signature: string
  readonly whole: string
}

export interface Request {
  readonly subject: Name
  readonly key: PublicKey
  readonly extensions: readonly Extension[]
  readonly body: string
  readonly signature: string
}

const kinds: Readonly<Record<string, string>> = {
  C: '2.5.4.6',
  ST: '2.5.4.8',
  L: '2.5.4.7',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  emailAddress: '1.2.840.113549.1.9.1',
}
const kindOf = (id: string): string => Object.entries(kinds).find(([, each]) => each === id)?.[0] ?? id

/** `/CN=web/O=Example`; undefined where it is none. */
export function parseSubject(text: string): Name | undefined {
  if (!text.startsWith('/')) return undefined
  const parts = text
    .slice(1)
    .split(/(?<!\\)\//)
    .filter(Boolean)
  const name = parts.map(
    part =>
      [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1).replace(/\\(.)/g, '$1')] as const,
  )
  return name.every(([kind]) => kind in kinds) ? name : undefined
}

export const nameText = (name: Name): string => name.map(([kind, value]) => `${kind} = ${value}`).join(', ')

const nameDer = (name: Name): string =>
  sequence(
    ...name.map(([kind, value]) =>
      setOf(sequence(oid(kinds[kind] ?? kind), kind === 'C' ? printable(value) : utf8String(value))),
    ),
  )

const readName = (hex: string): Name =>
  children(read(hex)[0]!).map(set => {
    const [id, value] = children(children(set)[0]!)
    return [kindOf(oidText(id!.content)), textOf(value!.content)] as const
  })

const algorithm = sequence(oid('1.2.840.113549.1.1.11'), nothing)

function time(ms: number): string {
  const digits = formatTime(ms).replace(/[-:T]/g, '')
  return ms < 2_524_608_000_000 ? tagged(23, toHex(digits.slice(2))) : tagged(24, toHex(digits))
}

function readTime(hex: string, tag: number): number {
  const text = textOf(hex)
  const full = tag === 23 ? `20${text}` : text
  const [, Y, M, D, h, m, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full) ?? []
  let days = 0
  for (let year = 1970; year < Number(Y); year++) days += isLeap(year) ? 366 : 365
  const lengths = [31, isLeap(Number(Y)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  for (let month = 1; month < Number(M); month++) days += lengths[month - 1]!
  return (((days + Number(D) - 1) * 24 + Number(h)) * 60 + Number(m)) * 60_000 + Number(s) * 1000
}
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Extensions by name: how each is written, read, and called in a text. */
export const ids: Readonly<Record<string, readonly [id: string, title: string]>> = {
  subjectKeyIdentifier: ['2.5.29.14', 'X509v3 Subject Key Identifier'],
  authorityKeyIdentifier: ['2.5.29.35', 'X509v3 Authority Key Identifier'],
  basicConstraints: ['2.5.29.19', 'X509v3 Basic Constraints'],
  keyUsage: ['2.5.29.15', 'X509v3 Key Usage'],
  extendedKeyUsage: ['2.5.29.37', 'X509v3 Extended Key Usage'],
  subjectAltName: ['2.5.29.17', 'X509v3 Subject Alternative Name'],
}
export const usages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
]
export const purposes: Readonly<Record<string, readonly [string, string]>> = {
  serverAuth: ['1.3.6.1.5.5.7.3.1', 'TLS Web Server Authentication'],
  clientAuth: ['1.3.6.1.5.5.7.3.2', 'TLS Web Client Authentication'],
}

export const list = (value: string): string[] =>
  value
    .split(',')
    .map(each => each.trim())
    .filter(Boolean)

function extensionDer({ name, critical, value }: Extension): string {
  let content = ''
  switch (name) {
    case 'subjectKeyIdentifier':
      content = octets(value)
      break
    case 'authorityKeyIdentifier':
      content = sequence(context(0, value, false))
      break
    case 'basicConstraints': {
      const depth = /pathlen:(\d+)/.exec(value)?.[1]
      content = sequence(
        ...(/CA:TRUE/i.test(value) ? ['0101ff'] : []),
        ...(depth ? [integer(BigInt(depth))] : []),
      )
      break
    }
    case 'keyUsage': {
      let bits = 0
      for (const each of list(value)) bits |= 128 >> usages.indexOf(each)
      content = tagged(3, `00${bits.toString(16).padStart(2, '0')}`)
      break
    }
    case 'extendedKeyUsage':
      content = sequence(...list(value).map(each => oid(purposes[each]?.[0] ?? each)))
      break
    case 'subjectAltName':
      content = sequence(
        ...list(value).map(each => {
          const [, kind = '', text = ''] = /^(\w+):(.*)$/.exec(each) ?? []
          return kind === 'IP'
            ? context(
                7,
                text
                  .split('.')
                  .map(part => Number(part).toString(16).padStart(2, '0'))
                  .join(''),
                false,
              )
            : context(kind === 'email' ? 1 : 2, toHex(text), false)
        }),
      )
  }
  return sequence(oid(ids[name]![0]), ...(critical ? ['0101ff'] : []), octets(content))
}

function readExtension(hex: string): Extension | undefined {
  const parts = children(read(hex)[0]!)
  const name = Object.keys(ids).find(each => ids[each]![0] === oidText(parts[0]!.content))
  if (!name) return undefined
  const critical = parts.length > 2
  const inner = read(parts.at(-1)!.content)[0]!
  const value = (): string => {
    switch (name) {
      case 'subjectKeyIdentifier':
        return inner.content
      case 'authorityKeyIdentifier':
        return children(inner)[0]?.content ?? ''
      case 'basicConstraints': {
        const [ca, depth] = children(inner)
        return `CA:${ca?.tag === 1 ? 'TRUE' : 'FALSE'}${depth ? `, pathlen:${Number.parseInt(depth.content, 16)}` : ''}`
      }
      case 'keyUsage': {
        const bits = Number.parseInt(inner.content.slice(2, 4), 16)
        return usages.filter((_, i) => bits & (128 >> i)).join(', ')
      }
      case 'extendedKeyUsage':
        return children(inner)
          .map(
            each =>
              Object.keys(purposes).find(key => purposes[key]![0] === oidText(each.content)) ??
              oidText(each.content),
          )
          .join(', ')
      default:
        return children(inner)
          .map(each =>
            (each.tag & 15) === 7
              ? `IP Address:${[...bytesOf(each.content)].join('.')}`
              : `${(each.tag & 15) === 1 ? 'email' : 'DNS'}:${textOf(each.content)}`,
          )
          .join(', ')
    }
  }
  return { name, critical, value: value() }
}

/** `subjectAltName=DNS:web`; undefined where the name is none that is known. */
export function parseExtension(text: string): Extension | undefined {
  const [, name = '', rest = ''] = /^\s*(\w+)\s*=\s*(.*)$/.exec(text) ?? []
  if (!(name in ids)) return undefined
  const critical = /^critical\s*,/.test(rest)
  return { name, critical, value: rest.replace(/^critical\s*,\s*/, '') }
}

export const keyId = (key: PublicKey): string =>
  sha1(bytesOf(children(read(publicInfo(key))[0]!)[1]!.content.slice(2)))

type Wanted = Pick<Certificate, 'serial' | 'issuer' | 'subject' | 'from' | 'to' | 'key' | 'extensions'>

export function makeCertificate(
  { serial, issuer, subject, from, to, key, extensions }: Wanted,
  signer: PrivateKey,
): string {
  const body = sequence(
    context(0, integer(2n)),
    integer(serial),
    algorithm,
    nameDer(issuer),
    sequence(time(from), time(to)),
    nameDer(subject),
    publicInfo(key),
    ...(extensions.length ? [context(3, sequence(...extensions.map(extensionDer)))] : []),
  )
  return pem('CERTIFICATE', sequence(body, algorithm, bitString(sign(bytesOf(body), signer))))
}

export function makeRequest(subject: Name, key: PrivateKey, extensions: readonly Extension[]): string {
  const wanted = extensions.length
    ? sequence(oid('1.2.840.113549.1.9.14'), setOf(sequence(...extensions.map(extensionDer))))
    : ''
  const body = sequence(integer(0n), nameDer(subject), publicInfo(key), context(0, wanted))
  return pem('CERTIFICATE REQUEST', sequence(body, algorithm, bitString(sign(bytesOf(body), key))))
}

const present = <T>(each: T | undefined): each is T => each !== undefined

/** The first certificate of a PEM text. */
export function readCertificate(text: string): Certificate | undefined {
  const hex = fromPem(text, 'CERTIFICATE', 'TRUSTED CERTIFICATE')
  if (!hex) return undefined
  try {
    const [body, , signature] = children(read(hex)[0]!)
    const parts = children(body!)
    if (parts[0]!.tag !== 0xa0) parts.unshift({ tag: 0xa0, content: '', whole: '' })
    const [, serial, , issuer, validity, subject, key, ...rest] = parts
    const [from, to] = children(validity!)
    const extensions = rest
      .filter(each => each.tag === 0xa3)
      .flatMap(each => children(read(each.content)[0]!))
      .map(each => readExtension(each.whole))
      .filter(present)
    return {
      serial: BigInt(`0x${serial!.content}`),
      issuer: readName(issuer!.whole),
      subject: readName(subject!.whole),
      from: readTime(from!.content, from!.tag),
      to: readTime(to!.content, to!.tag),
      key: readPublicInfo(key!.whole)!,
      extensions,
      body: body!.whole,
      signature: signature!.content.slice(2),
      whole: hex,
    }
  } catch {
    return undefined
  }
}

export function readRequest(text: string): Request | undefined {
  const hex = fromPem(text, 'CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST')
  if (!hex) return undefined
  try {
    const [body, , signature] = children(read(hex)[0]!)
    const [, subject, key, attributes] = children(body!)
    const wanted = attributes?.content
      ? children(children(children(read(attributes.content)[0]!)[1]!)[0]!)
      : []
    return {
      subject: readName(subject!.whole),
      key: readPublicInfo(key!.whole)!,
      extensions: wanted.map(each => readExtension(each.whole)).filter(present),
      body: body!.whole,
      signature: signature!.content.slice(2),
    }
  } catch {
    return undefined
  }
}

export const isSignedBy = (
  { body, signature }: { readonly body: string; readonly signature: string },
  key: PublicKey,
): boolean => verify(bytesOf(body), signature, key)
