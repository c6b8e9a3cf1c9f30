// kubectl describe csr: the request's subject is read from its PEM text.

import { decodeBase64, toBytes } from '../../engine/bytes.ts'
import { humanDuration } from '../../kinds/machinery/duration.ts'
import type { CertificateSigningRequest, CertificateSigningRequestStatus } from '../../kinds/schema/types.ts'
import { describeLabels } from '../print/labels.ts'
import { type Describer, events, longTime } from './parts.ts'

/** Attribute types of a distinguished name, by their DER object identifier. */
const attributes: Record<string, string> = {
  '85.4.3': 'Common Name',
  '85.4.5': 'Serial Number',
  '85.4.10': 'Organization',
  '85.4.11': 'Organizational Unit',
  '85.4.6': 'Country',
  '85.4.7': 'Locality',
  '85.4.8': 'Province',
  '85.4.9': 'StreetAddress',
  '85.4.17': 'PostalCode',
}

interface Der {
  readonly tag: number
  readonly bytes: readonly number[]
}

function readDer(bytes: readonly number[]): Der[] {
  const items: Der[] = []
  for (let at = 0; at + 1 < bytes.length; ) {
    const tag = bytes[at]!
    let length = bytes[at + 1]!
    at += 2
    if (length & 0x80) {
      const count = length & 0x7f
      length = 0
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[at++] ?? 0)
    }
    items.push({ tag, bytes: bytes.slice(at, at + length) })
    at += length
  }
  return items
}

const base64Bytes = (text: string): number[] => [...toBytes(decodeBase64(text) ?? '')]

/** Attributes of the subject of a PEM certificate request; undefined where the text is none. */
function requestSubject(request: string): Record<string, string[]> | undefined {
  const pem = String.fromCharCode(...base64Bytes(request))
  const body = /-----BEGIN CERTIFICATE REQUEST-----([\s\S]*?)-----END/.exec(pem)?.[1]
  if (!body) return undefined
  const [outer] = readDer(base64Bytes(body.replace(/\s/g, '')))
  const info = outer && readDer(outer.bytes)[0]
  const subject = info && readDer(info.bytes)[1]
  if (!subject) return undefined
  const found: Record<string, string[]> = {}
  for (const set of readDer(subject.bytes))
    for (const pair of readDer(set.bytes)) {
      const [type, value] = readDer(pair.bytes)
      const name = attributes[(type?.bytes ?? []).join('.')]
      if (name && value) (found[name] ??= []).push(String.fromCharCode(...value.bytes))
    }
  return found
}

export const describeCertificateSigningRequest: Describer<CertificateSigningRequest> = (csr, d) => {
  const { w } = d
  const { metadata, spec, status } = csr
  w.line(0, 'Name:', metadata.name)
  w.line(0, 'Labels:', describeLabels(metadata.labels))
  w.line(0, 'Annotations:', describeLabels(metadata.annotations))
  w.line(0, 'CreationTimestamp:', longTime(metadata.creationTimestamp))
  w.line(0, 'Requesting User:', spec.username ?? '')
  if (spec.signerName) w.line(0, 'Signer:', spec.signerName)
  if (spec.expirationSeconds !== undefined)
    w.line(0, 'Requested Duration:', humanDuration(spec.expirationSeconds * 1000))
  w.line(0, 'Status:', requestStatus(status))
  const subject = requestSubject(spec.request ?? '') ?? {}
  w.line(0, 'Subject:')
  const all = (name: string) => (subject[name] ?? []).join(', ')
  w.line(0, '\tCommon Name:', all('Common Name'))
  w.line(0, '\tSerial Number:', all('Serial Number'))
  for (const name of [
    'Organization',
    'Organizational Unit',
    'Country',
    'Locality',
    'Province',
    'StreetAddress',
    'PostalCode',
  ])
    if (subject[name]) w.line(0, `\t${name}:`, all(name))
  events(csr, d)
}

function requestStatus(status: CertificateSigningRequestStatus | undefined): string {
  const has = (type: string) => status?.conditions?.some(c => c.type === type)
  let text = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending'
  if (has('Failed')) text += ',Failed'
  if (status?.certificate) text += ',Issued'
  return text
}
