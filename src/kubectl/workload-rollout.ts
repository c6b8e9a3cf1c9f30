// How each workload kind tells its rollout and keeps its history (kubectl pkg/polymorphichelpers: rollout_status.go,
// history.go, rollback.go).
import { strategicMergePatch } from '../api/patch/strategic.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { DaemonSet, Deployment, PodTemplateSpec, Served, StatefulSet } from '../kinds/schema/types.ts'
import { structType } from '../kinds/schema.ts'
import type { Info } from './builder.ts'
import type { Context } from './context.ts'
import { describePodTemplate } from './describe/pod-template.ts'
import { DescribeWriter } from './describe/writer.ts'
import { qualifiedPlural } from './discovery.ts'
import { CommandError, StatusError } from './errors.ts'
import { lastAppliedAnnotation } from './last-applied.ts'
import { describeSelector } from './print/labels.ts'
import { isObject } from './print/values.ts'
import { equal } from './three-way.ts'

export interface Revision {
  readonly revision: number
  readonly cause: string
  readonly template: PodTemplateSpec
  /** What keeps it (a ReplicaSet), or the workload as it was. */
  readonly object: KubeObject
  /** Patch that brings it back; only of kinds with ControllerRevisions. */
  readonly patch?: unknown
}

export interface Progress {
  readonly text: string
  readonly done: boolean
}

export type Workload = Deployment | DaemonSet | StatefulSet

export interface Rollout<T extends Workload = Workload> {
  status(object: T, revision: number): Progress
  /** Sorted, oldest first. */
  revisions(ctx: Context, object: T): Revision[]
}

const causeAnnotation = 'kubernetes.io/change-cause'
const revisionAnnotation = 'deployment.kubernetes.io/revision'

const waiting = (text: string): Progress => ({ text: `${text}\n`, done: false })
const finished = (text: string): Progress => ({ text: `${text}\n`, done: true })

const deployment: Rollout<Deployment> = {
  status(object, revision) {
    const { metadata, spec, status } = object
    const name = JSON.stringify(metadata.name)
    if (revision > 0) {
      const running = Number(metadata.annotations?.[revisionAnnotation] ?? 0)
      if (revision !== running)
        throw new CommandError(
          `desired revision (${revision}) is different from the running revision (${running})`,
        )
    }
    if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0))
      return waiting('Waiting for deployment spec update to be observed...')
    const progressing = status.conditions?.find(c => c.type === 'Progressing')
    if (progressing?.reason === 'ProgressDeadlineExceeded')
      throw new CommandError(`deployment ${name} exceeded its progress deadline`)
    const { updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status
    const rest = `Waiting for deployment ${name} rollout to finish:`
    const wanted = spec.replicas ?? 0
    if (updatedReplicas < wanted)
      return waiting(`${rest} ${updatedReplicas} out of ${wanted} new replicas have been updated...`)
    if (replicas > updatedReplicas)
      return waiting(`${rest} ${replicas - updatedReplicas} old replicas are pending termination...`)
    if (availableReplicas < updatedReplicas)
      return waiting(`${rest} ${availableReplicas} of ${updatedReplicas} updated replicas are available...`)
    return finished(`deployment ${name} successfully rolled out`)
  },
  revisions(ctx, object) {
    return owned(ctx, 'replicasets', object)
      .filter(rs => Number.isFinite(Number(rs.metadata.annotations?.[revisionAnnotation] ?? Number.NaN)))
      .map(rs => ({
        revision: Number(rs.metadata.annotations![revisionAnnotation]),
        cause: rs.metadata.annotations![causeAnnotation] ?? '',
        template: rs.spec.template,
        object: rs,
      }))
      .sort((a, b) => a.revision - b.revision)
  },
}

const onlyRolling = 'rollout status is only available for RollingUpdate strategy type'

const daemonSet: Rollout<DaemonSet> = {
  status({ metadata, spec, status }) {
    if (spec.updateStrategy.type !== 'RollingUpdate') throw new CommandError(onlyRolling)
    if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0))
      return waiting('Waiting for daemon set spec update to be observed...')
    const {
      updatedNumberScheduled: updated = 0,
      desiredNumberScheduled: desired = 0,
      numberAvailable = 0,
    } = status
    const name = JSON.stringify(metadata.name)
    const rest = `Waiting for daemon set ${name} rollout to finish:`
    if (updated < desired)
      return waiting(`${rest} ${updated} out of ${desired} new pods have been updated...`)
    if (numberAvailable < desired)
      return waiting(`${rest} ${numberAvailable} of ${desired} updated pods are available...`)
    return finished(`daemon set ${name} successfully rolled out`)
  },
  revisions: controllerRevisions,
}

const statefulSet: Rollout<StatefulSet> = {
  status({ metadata, spec, status }) {
    const { type, rollingUpdate } = spec.updateStrategy
    if (type !== 'RollingUpdate') throw new CommandError(onlyRolling)
    const { observedGeneration = 0, readyReplicas = 0, updatedReplicas = 0, currentReplicas = 0 } = status
    if (!observedGeneration || (metadata.generation ?? 0) > observedGeneration)
      return waiting('Waiting for statefulset spec update to be observed...')
    const { replicas = 0 } = spec
    if (readyReplicas < replicas)
      return waiting(`Waiting for ${replicas - readyReplicas} pods to be ready...`)
    if (rollingUpdate) {
      const wanted = replicas - (rollingUpdate.partition ?? replicas)
      if (updatedReplicas < wanted)
        return waiting(
          `Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${wanted} new pods have been updated...`,
        )
      return finished(`partitioned roll out complete: ${updatedReplicas} new pods have been updated...`)
    }
    if (status.updateRevision !== status.currentRevision)
      return waiting(
        `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${status.updateRevision}...`,
      )
    return finished(
      `statefulset rolling update complete ${currentReplicas} pods at revision ${status.currentRevision}...`,
    )
  },
  revisions: controllerRevisions,
}

const rollouts = {
  'deployments.apps': deployment,
  'daemonsets.apps': daemonSet,
  'statefulsets.apps': statefulSet,
} satisfies {
  readonly [Name in keyof Served]?: Served[Name] extends Workload ? Rollout<Served[Name]> : never
}

/** Whether it has a rollout and a history. */
export const isWorkload = (info: Info): info is Info<Workload> => qualifiedPlural(info.resource) in rollouts

export const rolloutOf = ({ resource }: Info<Workload>): Rollout =>
  rollouts[qualifiedPlural(resource) as keyof typeof rollouts]

/** Objects that the workload's selector picks and that it controls. */
function owned<Plural extends 'replicasets' | 'controllerrevisions'>(
  ctx: Context,
  plural: Plural,
  object: Workload,
) {
  const labelSelector = describeSelector(object.spec.selector)
  const { items } = ctx.client.list(ctx.discovery.known(plural, 'apps'), object.metadata.namespace!, {
    labelSelector: labelSelector === '<none>' ? '' : labelSelector,
  })
  return items.filter(item =>
    item.metadata.ownerReferences?.some(o => o.controller && o.uid === object.metadata.uid),
  )
}

function controllerRevisions(ctx: Context, object: Workload): Revision[] {
  const type = structType('io.k8s.api.apps.v1.DaemonSet')!
  return owned(ctx, 'controllerrevisions', object)
    .map(held => {
      const data = isObject(held.data) ? held.data : {}
      const patched = strategicMergePatch({ spec: { template: object.spec.template } }, data, type)
      const { template } = patched.spec as { template: PodTemplateSpec }
      return {
        revision: held.revision,
        cause: held.metadata.annotations?.[causeAnnotation] ?? '',
        template,
        object: { ...object, spec: { ...object.spec, template } },
        patch: data,
      }
    })
    .sort((a, b) => a.revision - b.revision)
}

function withCause(template: PodTemplateSpec, cause: string | undefined): PodTemplateSpec {
  if (!cause) return template
  return {
    ...template,
    metadata: {
      ...template.metadata,
      annotations: { ...template.metadata?.annotations, [causeAnnotation]: cause },
    },
  }
}

/** What `rollout undo --dry-run=client` would bring back. */
function printTemplate(template: PodTemplateSpec): string {
  const writer = new DescribeWriter()
  describePodTemplate(template, writer)
  return writer.raw
}

/** `rollout history --revision=N`: of a deployment's the cause stands among the annotations. */
export const printRevision = ({ template, cause, object }: Revision): string =>
  printTemplate(object.kind === 'ReplicaSet' ? withCause(template, cause) : template)

const keptAnnotations = [
  lastAppliedAnnotation,
  revisionAnnotation,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]

const notFound = (revision: number) =>
  new CommandError(`unable to find specified revision ${revision} in history`)

/** Brings an old revision back; answers what to say behind the name. */
export function rollbackTo(ctx: Context, info: Info<Workload>, to: number): string {
  const { resource, namespace, name } = info
  if (to < 0) throw notFound(to)
  const object = ctx.client.get(resource, namespace, name)
  const revisions = rolloutOf(info).revisions(ctx, object)
  const chosen = to > 0 ? revisions.find(r => r.revision === to) : revisions.at(-2)
  if (!chosen) {
    if (to > 0) throw notFound(to)
    throw new CommandError(
      object.kind === 'Deployment'
        ? `no rollout history found for deployment ${JSON.stringify(name)}`
        : 'no last revision to roll back to',
    )
  }
  if (ctx.dryRun === 'client') return printTemplate(chosen.template)
  if (object.kind === 'Deployment' && object.spec.paused)
    throw new CommandError(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    )
  if (equal(withoutHash(chosen.template), withoutHash(object.spec.template)))
    return `skipped rollback (current template already matches revision ${to})`
  const query: Record<string, string> = ctx.dryRun === 'server' ? { dryRun: 'All' } : {}
  try {
    if (chosen.patch) ctx.client.patch(resource, namespace, name, 'strategic', chosen.patch, query)
    else
      ctx.client.patch(
        resource,
        namespace,
        name,
        'json',
        [
          { op: 'replace', path: '/spec/template', value: withoutHash(chosen.template) },
          { op: 'replace', path: '/metadata/annotations', value: annotations(object, chosen.object) },
        ],
        query,
      )
  } catch (error) {
    if (error instanceof StatusError)
      throw new CommandError(`failed restoring revision ${to}: ${error.message}`)
    throw error
  }
  return 'rolled back'
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { 'pod-template-hash': _, ...labels } = template.metadata?.labels ?? {}
  return { ...template, metadata: { ...template.metadata, labels } }
}

function annotations(object: KubeObject, old: KubeObject): Record<string, string> {
  const all: Record<string, string> = {}
  for (const key of keptAnnotations) {
    const value = object.metadata.annotations?.[key]
    if (value !== undefined) all[key] = value
  }
  for (const [key, value] of Object.entries(old.metadata.annotations ?? {}))
    if (!keptAnnotations.includes(key)) all[key] = value
  return all
}
