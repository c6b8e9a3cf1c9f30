// The plugins of the cluster's API server, in the order of pkg/kubeapiserver/options/plugins.go. Those that most requests
// do not concern are loaded when one does.
import type { Pod } from '../../kinds/schema/types.ts'
import { type Admission, isAbout, type Review } from './admission.ts'
import { defaultTolerations } from './default-tolerations.ts'
import { admissionParts } from './loaders.ts'
import { namespaceLifecycle } from './namespace-lifecycle.ts'
import { nodeTaint } from './node-taint.ts'
import { priority } from './priority.ts'
import { serviceAccount } from './service-account.ts'

type Step = 'admit' | 'allocate' | 'validate'

interface Concern {
  /** Resources it looks at; all where absent. */
  readonly resources?: readonly string[]
  /** As of the plugin: without an object of this resource it has nothing to say. */
  readonly goesBy?: string
  /** Whether the plugin could have something to say. */
  readonly when?: (review: Review) => boolean
}

/** A plugin of the table: its steps, and which requests concern it. */
function later(name: string, steps: readonly Step[], { resources, goesBy, when }: Concern): Admission {
  const run = (step: Step) => (review: Review) => {
    if (when && !when(review)) return
    const plugin = admissionParts.get(name)
    if (!plugin.resources || plugin.resources.includes(review.call.resource.table)) plugin[step]!(review)
  }
  return {
    name,
    ...(resources && { resources }),
    ...(goesBy && { goesBy }),
    ...Object.fromEntries(steps.map(step => [step, run(step)])),
  }
}

/** The object's namespace has objects of that resource. */
const withAny = (table: string): Concern => ({
  goesBy: table,
  when: ({ call, object }) => call.server.store.table(table).count(object.metadata.namespace ?? '') > 0,
})

function securityLabel(labels: Readonly<Record<string, string>> | undefined): boolean {
  for (const key in labels) if (key.startsWith('pod-security.kubernetes.io/')) return true
  return false
}

function inSecuredNamespace({ call, object, old }: Review): boolean {
  if (call.resource.table === 'namespaces')
    return securityLabel(object.metadata.labels) || securityLabel(old?.metadata.labels)
  const { namespace } = object.metadata
  return !!namespace && securityLabel(call.server.lookup('namespaces', undefined, namespace)?.metadata.labels)
}

const ofRuntimeClass = ({ spec }: Pod): boolean =>
  spec.runtimeClassName !== undefined || spec.overhead !== undefined

const claims = 'persistentvolumeclaims'
const webhooks = (kind: string) => `${kind}webhookconfigurations.admissionregistration.k8s.io`
const policyBindings = (kind: string) => `${kind}admissionpolicybindings.admissionregistration.k8s.io`

const rbac = (plural: string) => `${plural}.rbac.authorization.k8s.io`

export const plugins: readonly Admission[] = [
  later('RBACEscalation', ['admit'], {
    resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'].map(rbac),
    when: ({ call }) => !call.user.groups.includes('system:masters'),
  }),
  namespaceLifecycle,
  later('LimitRanger', ['admit', 'validate'], {
    resources: ['pods', claims],
    ...withAny('limitranges'),
  }),
  serviceAccount,
  nodeTaint,
  later('PodSecurity', ['validate'], { when: inSecuredNamespace }),
  priority,
  defaultTolerations,
  later('DefaultStorageClass', ['admit'], { resources: [claims] }),
  later('StorageObjectInUseProtection', ['admit'], { resources: [claims, 'persistentvolumes'] }),
  later('PersistentVolumeClaimResize', ['validate'], { resources: [claims] }),
  later('DefaultIngressClass', ['admit'], { resources: ['ingresses.networking.k8s.io'] }),
  later('RuntimeClass', ['admit'], {
    resources: ['pods'],
    when: review => isAbout(review, 'pods') && ofRuntimeClass(review.object),
  }),
  later('CertificateRequest', ['admit'], {
    resources: ['certificatesigningrequests.certificates.k8s.io'],
  }),
  later('PodResize', ['validate'], {
    resources: ['pods'],
    when: ({ subresource }) => subresource === 'resize',
  }),
  later('MutatingAdmissionPolicy', ['admit'], { goesBy: policyBindings('mutating') }),
  later('MutatingAdmissionWebhook', ['admit'], { goesBy: webhooks('mutating') }),
  later('ValidatingAdmissionPolicy', ['validate'], { goesBy: policyBindings('validating') }),
  later('ValidatingAdmissionWebhook', ['validate'], { goesBy: webhooks('validating') }),
  later('ServiceAllocation', ['admit', 'allocate'], { resources: ['services'] }),
  later('ResourceQuota', ['validate'], withAny('resourcequotas')),
]
