// CertificateSigningRequest: pkg/apis/certificates, pkg/registry/certificates/certificates. Who asks is written down by
// the API server's admission. Left out: what the request itself says, in ASN.1.
import { decodeBase64 } from '../engine/bytes.ts'
import { age, humanDuration } from './machinery/duration.ts'
import { equal } from './machinery/equality.ts'
import { duplicate, type FieldError, invalid, notSupported, required } from './machinery/field-error.ts'
import { fieldImmutable, invalidEach } from './machinery/meta-validation.ts'
import { isDNS1123Subdomain } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { CertificateSigningRequest } from './schema/types.ts'

const usages =
  'any,cert sign,client auth,code signing,content commitment,crl sign,data encipherment,decipher only,digital signature,email protection,encipher only,ipsec end system,ipsec tunnel,ipsec user,key agreement,key encipherment,microsoft sgc,netscape sgc,ocsp signing,s/mime,server auth,signing,timestamping'.split(
    ',',
  )

function validateSignerName(name: string, field: string): FieldError[] {
  if (!name) return [required(field)]
  if (name === 'kubernetes.io/legacy-unknown')
    return [invalid(field, name, 'the legacy signerName is not allowed via this API version')]
  const [domain = '', path = '', ...more] = name.split('/')
  const errors = invalidEach(field, domain, isDNS1123Subdomain(domain))
  if (!domain.includes('.'))
    errors.push(invalid(field, domain, 'should be a domain with at least two segments separated by dots'))
  if (!path || more.length)
    return [
      ...errors,
      invalid(field, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'"),
    ]
  return [...errors, ...invalidEach(field, path, isDNS1123Subdomain(path))]
}

function validate({ spec }: CertificateSigningRequest): FieldError[] {
  const errors: FieldError[] = []
  const request = String(spec.request ?? '')
  if (!decodeBase64(request)?.includes('-----BEGIN CERTIFICATE REQUEST-----'))
    errors.push(invalid('spec.request', request, 'PEM block type must be CERTIFICATE REQUEST'))
  const given = spec.usages ?? []
  if (!given.length) errors.push(required('spec.usages'))
  given.forEach((usage, i) => {
    if (!usages.includes(usage)) errors.push(notSupported(`spec.usages[${i}]`, usage, usages))
    if (given.indexOf(usage) < i) errors.push(duplicate(`spec.usages[${i}]`, usage))
  })
  errors.push(...validateSignerName(spec.signerName, 'spec.signerName'))
  const seconds = spec.expirationSeconds
  if (seconds !== undefined && seconds < 600)
    errors.push(
      invalid(
        'spec.expirationSeconds',
        seconds,
        'may not specify a duration less than 600 seconds (10 minutes)',
      ),
    )
  return errors
}

type Conditions = CertificateSigningRequest['status']['conditions']
const decisions = ['Approved', 'Denied']
const isDecision = ({ type }: NonNullable<Conditions>[number]) => decisions.includes(type)

function validateConditions(
  { status }: CertificateSigningRequest,
  old: CertificateSigningRequest,
): FieldError[] {
  const list = status.conditions ?? []
  const errors = list.flatMap(({ type, status: value }, i) => {
    const at = `status.conditions[${i}]`
    const faults = type ? [] : [required(`${at}.type`)]
    if (!value) faults.push(required(`${at}.status`))
    else if ([...decisions, 'Failed'].includes(type) && value !== 'True')
      faults.push(notSupported(`${at}.status`, value, ['True']))
    return faults
  })
  if (decisions.every(type => list.some(condition => condition.type === type)))
    errors.push(
      invalid('status.conditions', 'Denied', 'Approved and Denied conditions are mutually exclusive'),
    )
  for (const before of (old.status.conditions ?? []).filter(isDecision))
    if (!list.some(condition => condition.type === before.type))
      errors.push({
        type: 'Forbidden',
        field: 'status.conditions',
        detail: `updates may not remove a condition of type "${before.type}"`,
      })
  return errors
}

function conditionText({ status }: CertificateSigningRequest): string {
  const has = (type: string) => status.conditions?.some(condition => condition.type === type)
  return (
    (has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending') +
    (has('Failed') ? ',Failed' : '') +
    (status.certificate ? ',Issued' : '')
  )
}

export const certificateSigningRequest = defineKind<CertificateSigningRequest>(
  'certificatesigningrequests.certificates.k8s.io/v1',
  {
    nameRule: () => [],
    prepareForUpdate(object, old) {
      object.spec = old.spec
    },
    validate,
    subresources: {
      approval: {
        verbs: ['get', 'update', 'patch'],
        // Only the decision changes, and gets its times.
        prepareForUpdate(object, old, { timestamp }) {
          object.spec = old.spec
          const decided = (object.status.conditions ?? []).filter(isDecision).map(condition => {
            const before = old.status.conditions?.find(({ type }) => type === condition.type)
            return {
              ...condition,
              lastUpdateTime: condition.lastUpdateTime ?? timestamp,
              lastTransitionTime: before?.lastTransitionTime ?? condition.lastTransitionTime ?? timestamp,
            }
          })
          const others = (old.status.conditions ?? []).filter(condition => !isDecision(condition))
          object.status = { ...old.status, conditions: [...others, ...decided] }
        },
        validateUpdate: validateConditions,
      },
    },
    status: {
      prepareForUpdate(object, old) {
        const decided = (old.status.conditions ?? []).filter(isDecision)
        const others = (object.status.conditions ?? []).filter(condition => !isDecision(condition))
        if (decided.length || others.length) object.status.conditions = [...decided, ...others]
      },
      validateUpdate: (object, old) => [
        ...validateConditions(object, old),
        ...(old.status.certificate && !equal(old.status.certificate, object.status.certificate)
          ? [invalid('status.certificate', object.status.certificate, fieldImmutable)]
          : []),
      ],
    },
    selectableFields: { 'spec.signerName': ({ spec }) => spec.signerName ?? '' },
    row(object, { now }) {
      const { metadata, spec } = object
      const seconds = spec.expirationSeconds
      return [
        metadata.name,
        age(metadata.creationTimestamp, now),
        spec.signerName,
        spec.username ?? '',
        seconds === undefined ? '<none>' : humanDuration(seconds * 1000),
        conditionText(object),
      ]
    },
  },
)
