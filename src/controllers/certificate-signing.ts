// Signs approved CertificateSigningRequests for the signers that kube-controller-manager is: those of clients of the API
// server, and of kubelets (pkg/controller/certificates/{signer,authority}, pkg/apis/certificates/v1/helpers.go). Requests to
// other signers wait for a signer that nobody runs here, as in a real cluster.

import { issue } from '../api/authority.ts'
import { decodeBase64, encodeBase64 } from '../engine/bytes.ts'
import { type Extension, isSignedBy, type Request, readRequest } from '../engine/certificates/x509.ts'
import { dictionary } from '../engine/dictionary.ts'
import { Random } from '../engine/random.ts'
import type { CertificateSigningRequest } from '../kinds/schema/types.ts'
import { type StartController, SyncError, WorkQueue } from './controller.ts'

const resourceName = 'certificatesigningrequests.certificates.k8s.io'
const minute = 60_000
/** --cluster-signing-duration. */
const yearMs = 365 * 24 * 60 * minute
/**
 * A certificate is good from a little before it is made, and as much shorter; a short one is not made shorter
 * (certificate_controller.go, authority.go).
 */
const backdateMs = 5 * minute
const shortMs = 8 * 60 * minute

interface Signer {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  /** What is wrong with its usages, in words that name none of them, where the signer has such. */
  readonly mismatch?: string
  readonly check?: (request: Request) => string | undefined
}

const organizations = ({ subject }: Request) =>
  subject.filter(([kind]) => kind === 'O').map(([, value]) => value)
const alternatives = ({ extensions }: Request) =>
  extensions.find(({ name }) => name === 'subjectAltName')?.value.split(', ') ?? []

/** Kubelets ask as `system:node:NAME` of the group system:nodes. */
function kubeletFault(request: Request): string | undefined {
  const groups = organizations(request)
  if (groups.length !== 1 || groups[0] !== 'system:nodes') return 'subject organization is not system:nodes'
  const name = request.subject.find(([kind]) => kind === 'CN')?.[1] ?? ''
  return name.startsWith('system:node:') ? undefined : 'subject common name does not begin with system:node:'
}

const signers: Readonly<Record<string, Signer>> = dictionary({
  'kubernetes.io/kube-apiserver-client': {
    required: ['client auth'],
    optional: ['digital signature', 'key encipherment'],
  },
  'kubernetes.io/kube-apiserver-client-kubelet': {
    required: ['digital signature', 'client auth'],
    optional: ['key encipherment'],
    mismatch: 'usages did not match [client auth digital signature]',
    check: request =>
      kubeletFault(request) ??
      (alternatives(request).length ? 'DNS subjectAltNames are not allowed' : undefined),
  },
  'kubernetes.io/kubelet-serving': {
    required: ['digital signature', 'server auth'],
    optional: ['key encipherment'],
    mismatch: 'usages did not match [digital signature server auth]',
    check: request =>
      kubeletFault(request) ??
      (alternatives(request).length ? undefined : 'DNS or IP subjectAltName is required'),
  },
})

function usageFault({ required, optional, mismatch }: Signer, usages: readonly string[]): string | undefined {
  const extra = usages.find(usage => !required.includes(usage) && !optional.includes(usage))
  const missing = required.find(usage => !usages.includes(usage))
  if (extra === undefined && missing === undefined) return undefined
  if (mismatch) return mismatch
  return extra === undefined
    ? `missing required usage for client certificate: ${missing}`
    : `invalid usage for client certificate: ${extra}`
}

const keyUsages: Readonly<Record<string, string>> = {
  'digital signature': 'digitalSignature',
  'key encipherment': 'keyEncipherment',
}
const purposes: Readonly<Record<string, string>> = {
  'client auth': 'clientAuth',
  'server auth': 'serverAuth',
}

function extensionsOf(usages: readonly string[], request: Request): Extension[] {
  const named = (words: Readonly<Record<string, string>>) =>
    usages.flatMap(usage => words[usage] ?? []).join(', ')
  const names = request.extensions.filter(({ name }) => name === 'subjectAltName')
  return [
    { name: 'keyUsage', critical: true, value: named(keyUsages) },
    { name: 'extendedKeyUsage', critical: false, value: named(purposes) },
    { name: 'basicConstraints', critical: true, value: 'CA:FALSE' },
    ...names.map(each => ({ ...each, value: each.value.replaceAll('IP Address:', 'IP:') })),
  ].filter(({ value }) => value)
}

export const startCertificateSigning: StartController = context => {
  const { client, informers, engine } = context
  const requests = informers.of(resourceName)
  const queue = new WorkQueue(context, sync)
  const enqueue = (request: CertificateSigningRequest) => queue.add(request.metadata.name!)
  requests.handle({
    add: each => enqueue(each as CertificateSigningRequest),
    update: (_old, each) => enqueue(each as CertificateSigningRequest),
  })

  function sync(name: string): undefined {
    const object = requests.get(name) as CertificateSigningRequest | undefined
    const signer = object && signers[object.spec.signerName]
    if (!signer || object.status?.certificate) return
    const conditions = object.status?.conditions ?? []
    const has = (type: string) => conditions.some(condition => condition.type === type)
    if (!has('Approved') || has('Failed')) return
    const { spec } = object
    const usages = spec.usages ?? []
    const request = readRequest(decodeBase64(String(spec.request)) ?? '')
    if (!request || !isSignedBy(request, request.key))
      throw new SyncError(`unable to parse csr ${JSON.stringify(name)}`)
    const fault = usageFault(signer, usages) ?? signer.check?.(request)
    const status = fault
      ? {
          ...object.status,
          conditions: [
            ...conditions,
            {
              type: 'Failed',
              status: 'True' as const,
              reason: 'SignerValidationFailure',
              message: fault,
              lastUpdateTime: engine.timestamp,
              lastTransitionTime: engine.timestamp,
            },
          ],
        }
      : { ...object.status, certificate: encodeBase64(certificateFor(object, request, usages)) }
    client.resource(resourceName).updateStatus({ ...object, status } as never)
  }

  function certificateFor(
    { spec, metadata }: CertificateSigningRequest,
    request: Request,
    usages: readonly string[],
  ): string {
    const { now, seed } = engine
    const asked = spec.expirationSeconds === undefined ? yearMs : spec.expirationSeconds * 1000
    const lasts = Math.min(Math.max(asked, 10 * minute), yearMs)
    return issue(engine, {
      serial: BigInt(`0x1${new Random(seed).fork(`certificate ${metadata.uid}`).hex(31)}`),
      subject: request.subject,
      key: request.key,
      from: now - backdateMs,
      to: now + lasts - (lasts < shortMs ? 0 : backdateMs),
      extensions: extensionsOf(usages, request),
    })
  }
}
