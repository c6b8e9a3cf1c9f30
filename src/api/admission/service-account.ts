// ServiceAccount: gives pods the account `default`, its pull secrets, and the volume with its token.
// plugin/pkg/admission/serviceaccount/admission.go.
import { goQuote } from '../../kinds/machinery/quote.ts'
import type { PodSpec } from '../../kinds/schema/types.ts'
import { type AdmissionOf, refuse } from './admission.ts'

const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount'

export const serviceAccount: AdmissionOf<'pods'> = {
  name: 'ServiceAccount',
  resources: ['pods'],
  admit(review) {
    const { call, operation, object } = review
    if (operation !== 'CREATE' || review.subresource) return
    const { spec, metadata } = object
    if (metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return
    spec.serviceAccountName ||= 'default'
    spec.serviceAccount = spec.serviceAccountName
    const { namespace } = metadata
    const name = spec.serviceAccountName
    const account = call.server.lookup('serviceaccounts', namespace, name)
    if (!account)
      throw refuse(
        review,
        `error looking up service account ${namespace}/${name}: serviceaccount ${goQuote(name)} not found`,
      )
    if (!spec.imagePullSecrets?.length && account.imagePullSecrets?.length)
      spec.imagePullSecrets = account.imagePullSecrets.map(s => ({ ...s }))
    if (spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true)
      mountToken(spec, call.server.engine.random.suffix(5))
  },
}

function mountToken(spec: PodSpec, suffix: string): void {
  const volumes = spec.volumes ?? []
  const existing = volumes.find(v => v.name.startsWith('kube-api-access-') && v.projected)
  const name = existing?.name ?? `kube-api-access-${suffix}`
  let used = false
  for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
    if (container.volumeMounts?.some(m => m.mountPath === mountPath)) continue
    container.volumeMounts = [...(container.volumeMounts ?? []), { name, readOnly: true, mountPath }]
    used = true
  }
  if (used && !existing) spec.volumes = [...volumes, { name, projected }]
}

/** The same for all pods, which share it. */
const projected = {
  sources: [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    {
      downwardAPI: {
        items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
      },
    },
  ],
  defaultMode: 420,
}
