// PodSecurity: holds pods to the standard that their namespace's labels name, and warns about templates that would not
// pass. k8s.io/pod-security-admission/{admission,policy}. Left out: versions of the standards other than the latest,
// audit annotations, Windows pods.
import type { KubeObject } from '../../kinds/object.ts'
import type { Container, CronJob, Pod, PodTemplate, PodTemplateSpec } from '../../kinds/schema/types.ts'
import { quote } from '../errors.ts'
import { type Admission, isAbout, type Review, refuse } from './admission.ts'
import { type Check, checks } from './pod-security-checks.ts'

const prefix = 'pod-security.kubernetes.io/'
const levels = ['privileged', 'baseline', 'restricted']

/** Has a pod template that its pods are made of. */
interface Templated {
  readonly spec: { readonly template?: PodTemplateSpec }
}
const inSpec = (object: KubeObject) => (object as KubeObject & Templated).spec.template

/** The pod template of an object, by its resource. */
const templates: Readonly<Record<string, (object: KubeObject) => PodTemplateSpec | undefined>> = {
  replicationcontrollers: inSpec,
  podtemplates: object => (object as PodTemplate).template,
  'replicasets.apps': inSpec,
  'deployments.apps': inSpec,
  'statefulsets.apps': inSpec,
  'daemonsets.apps': inSpec,
  'jobs.batch': inSpec,
  'cronjobs.batch': object => (object as CronJob).spec.jobTemplate.spec.template,
}

export const podSecurity: Admission = {
  name: 'PodSecurity',
  resources: ['pods', 'namespaces', ...Object.keys(templates)],
  validate(review) {
    const { call, operation, object, subresource } = review
    if (operation === 'DELETE' || subresource) return
    if (call.resource.table === 'namespaces') return warnOfExisting(review)
    const labels = call.server.lookup('namespaces', undefined, object.metadata.namespace ?? '')?.metadata
      .labels
    const enforce = levelOf(labels, 'enforce')
    const warn = labels?.[`${prefix}warn`] === undefined ? enforce : levelOf(labels, 'warn')
    if (enforce + warn === 0) return
    const isPod = isAbout(review, 'pods')
    if (operation === 'UPDATE' && isPod && sameSecurity(review.object, review.old)) return
    const template = isPod ? review.object : templates[call.resource.table]?.(object)
    if (!template?.spec) return
    if (isPod && enforce > 0) {
      const violations = violationsOf(template, enforce)
      if (violations)
        throw refuse(review, `violates PodSecurity ${quote(`${levels[enforce]}:latest`)}: ${violations}`)
    }
    const violations = warn > 0 && violationsOf(template, warn)
    if (violations)
      call.warnings.push(`would violate PodSecurity ${quote(`${levels[warn]}:latest`)}: ${violations}`)
  },
}

/** 0: privileged, 1: baseline, 2: restricted; an unknown word counts as the strictest. */
function levelOf(labels: Record<string, string> | undefined, mode: string): number {
  const value = labels?.[prefix + mode]
  if (value === undefined) return 0
  const level = levels.indexOf(value)
  return level < 0 ? 2 : level
}

const relevant = ({ spec, metadata }: Pod) => [
  metadata.annotations,
  {
    ...spec,
    tolerations: undefined,
    activeDeadlineSeconds: undefined,
    containers: spec.containers.map(shape),
  },
]
const shape = ({ image: _, ...container }: Container) => container
/** Changes of labels, images and the like are not evaluated again. */
const sameSecurity = (a: Pod, b: Pod | undefined): boolean =>
  b !== undefined && JSON.stringify(relevant(a)) === JSON.stringify(relevant(b))

/** `host namespaces (hostNetwork=true), hostPath volumes (volume "h")`, or undefined. */
function violationsOf(pod: PodTemplateSpec, level: number): string | undefined {
  const found: string[] = []
  for (const check of checks as readonly Check[]) {
    if (check.level > level || (level === 2 && check.replacedInRestricted)) continue
    const fault = check.run(pod)
    if (fault) found.push(fault.detail ? `${fault.reason} (${fault.detail})` : fault.reason)
  }
  return found.length ? found.join(', ') : undefined
}

/** A namespace that gets a stricter label: what runs in it already stays, with a warning. */
function warnOfExisting({ call, operation, object, old }: Review): void {
  const enforce = levelOf(object.metadata.labels, 'enforce')
  if (operation !== 'UPDATE' || enforce <= levelOf(old?.metadata.labels, 'enforce')) return
  const byFault = new Map<string, string[]>()
  for (const { object: pod } of call.server.store.table('pods').list(object.metadata.name)) {
    const violations = violationsOf(pod, enforce)?.replace(/ \((?:[^()]|\([^()]*\))*\)/g, '')
    if (violations) byFault.set(violations, [...(byFault.get(violations) ?? []), pod.metadata.name])
  }
  if (!byFault.size) return
  call.warnings.push(
    `existing pods in namespace ${quote(object.metadata.name)} violate the new PodSecurity enforce level ${quote(`${levels[enforce]}:latest`)}`,
  )
  for (const [violations, [first, ...more]] of byFault) {
    const others = more.length ? ` (and ${more.length} other pod${more.length > 1 ? 's' : ''})` : ''
    call.warnings.push(`${first}${others}: ${violations}`)
  }
}
