// Certificates and requests as `openssl x509 -text` and `openssl req -text` tell of them.

import { bytesOf } from '../../../engine/certificates/der.ts'
import { bitsOf, type PublicKey } from '../../../engine/certificates/rsa.ts'
import {
  type Certificate,
  type Extension,
  ids,
  list,
  nameText,
  purposes,
  type Request,
  usages,
} from '../../../engine/certificates/x509.ts'
import { sha1 } from '../../../engine/sha1.ts'
import { sha256 } from '../../../engine/sha256.ts'
import { certificateTime } from '../certificate-check.ts'

const usageTitles = [
  'Digital Signature',
  'Non Repudiation',
  'Key Encipherment',
  'Data Encipherment',
  'Key Agreement',
  'Certificate Sign',
  'CRL Sign',
]

const colons = (hex: string): string => hex.match(/../g)!.join(':')
const even = (hex: string): string => (hex.length % 2 ? `0${hex}` : hex)
export const serialText = (serial: bigint): string => even(serial.toString(16)).toUpperCase()
export const fingerprint = (certificate: Certificate, how: 'sha1' | 'sha256'): string =>
  colons(
    (how === 'sha1' ? sha1(bytesOf(certificate.whole)) : sha256(bytesOf(certificate.whole))).toUpperCase(),
  )

/** Bytes in lines of so many, each with an indent. */
function block(hex: string, indent: number, perLine: number): string {
  const bytes = hex.match(/../g) ?? []
  const lines: string[] = []
  for (let i = 0; i < bytes.length; i += perLine)
    lines.push(
      `${' '.repeat(indent)}${bytes.slice(i, i + perLine).join(':')}${i + perLine < bytes.length ? ':' : ''}`,
    )
  return lines.join('\n')
}

function keyText(key: PublicKey, indent: number): string {
  const space = ' '.repeat(indent)
  return `${space}Subject Public Key Info:\n${space}    Public Key Algorithm: rsaEncryption\n${space}        Public-Key: (${bitsOf(key.n)} bit)\n${space}        Modulus:\n${block(`00${even(key.n.toString(16))}`, indent + 12, 15)}\n${space}        Exponent: ${key.e} (0x${key.e.toString(16)})\n`
}

export function extensionText({ name, critical, value }: Extension, indent: number): string {
  const shown =
    name === 'subjectKeyIdentifier' || name === 'authorityKeyIdentifier'
      ? colons(value.toUpperCase())
      : name === 'keyUsage'
        ? list(value)
            .map(each => usageTitles[usages.indexOf(each)])
            .join(', ')
        : name === 'extendedKeyUsage'
          ? list(value)
              .map(each => purposes[each]?.[1] ?? each)
              .join(', ')
          : value
  const space = ' '.repeat(indent)
  return `${space}${ids[name]![1]}: ${critical ? 'critical' : ''}\n${space}    ${shown}\n`
}

export function certificateText(certificate: Certificate): string {
  const { serial, issuer, subject, from, to, key, extensions, signature } = certificate
  const hex = even(serial.toString(16))
  return `Certificate:
    Data:
        Version: 3 (0x2)
        Serial Number:${hex.length > 16 ? `\n            ${colons(hex)}` : ` ${serial} (0x${serial.toString(16)})`}
        Signature Algorithm: sha256WithRSAEncryption
        Issuer: ${nameText(issuer)}
        Validity
            Not Before: ${certificateTime(from)}
            Not After : ${certificateTime(to)}
        Subject: ${nameText(subject)}
${keyText(key, 8)}${extensions.length ? `        X509v3 extensions:\n${extensions.map(each => extensionText(each, 12)).join('')}` : ''}    Signature Algorithm: sha256WithRSAEncryption
    Signature Value:
${block(signature, 8, 18)}
`
}

export function requestText({ subject, key, extensions, signature }: Request): string {
  return `Certificate Request:
    Data:
        Version: 1 (0x0)
        Subject: ${nameText(subject)}
${keyText(key, 8)}        Attributes:
${extensions.length ? `            Requested Extensions:\n${extensions.map(each => extensionText(each, 16)).join('')}` : '            (none)\n'}    Signature Algorithm: sha256WithRSAEncryption
    Signature Value:
${block(signature, 8, 18)}
`
}
