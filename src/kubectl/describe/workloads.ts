// Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet.
import type {
  DaemonSet,
  Deployment,
  LabelSelector,
  PersistentVolumeClaim,
  PodTemplateSpec,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../../kinds/schema/types.ts'
import type { Context } from '../context.ts'
import { describeLabels, describeSelector } from '../print/labels.ts'
import { equal } from '../three-way.ts'
import { storageClassOf } from './claim.ts'
import {
  annotations,
  conditions,
  controllerOf,
  type Describer,
  events,
  labelLines,
  labels,
  longTime,
  multiline,
  podsStatus,
} from './parts.ts'
import { describePodTemplate } from './pod-template.ts'
import type { DescribeWriter } from './writer.ts'

/** A selector as a query: '' picks everything. */
const query = (selector: LabelSelector | undefined): string =>
  describeSelector(selector).replace(/^<none>$/, '')

export const describeDeployment: Describer<Deployment> = (object, d) => {
  const { w, ctx } = d
  const { metadata, spec, status } = object
  w.field('Name', metadata.name)
  w.field('Namespace', metadata.namespace ?? '')
  w.field('CreationTimestamp', longTime(metadata.creationTimestamp))
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.field('Selector', query(spec.selector))
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, unavailableReplicas = 0 } = status
  w.field(
    'Replicas',
    `${spec.replicas} desired | ${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available | ${unavailableReplicas} unavailable`,
  )
  w.field('StrategyType', spec.strategy?.type ?? '')
  w.field('MinReadySeconds', spec.minReadySeconds ?? 0)
  const rolling = spec.strategy?.rollingUpdate
  if (rolling)
    w.field(
      'RollingUpdateStrategy',
      `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`,
    )
  describePodTemplate(spec.template, w)
  conditions(w, status.conditions)
  const { old, current } = replicaSetsOf(ctx, object)
  if (old.length || current.length) {
    w.field('OldReplicaSets', replicaSetText(old))
    w.field('NewReplicaSet', replicaSetText(current))
  }
  events(object, d)
}

const withoutHash = (template: PodTemplateSpec): PodTemplateSpec => {
  const { 'pod-template-hash': _, ...rest } = template.metadata?.labels ?? {}
  return { ...template, metadata: { ...template.metadata, labels: rest } }
}

/** The deployment's ReplicaSets, told apart by their template (deploymentutil.GetAllReplicaSets). */
function replicaSetsOf(ctx: Context, object: Deployment): { old: ReplicaSet[]; current: ReplicaSet[] } {
  const { items } = ctx.client.list(ctx.discovery.known('replicasets', 'apps'), object.metadata.namespace!, {
    labelSelector: query(object.spec.selector),
  })
  const mine = items.filter(rs =>
    rs.metadata.ownerReferences?.some(o => o.controller && o.uid === object.metadata.uid),
  )
  const wanted = withoutHash(object.spec.template)
  const current = mine.find(rs => equal(withoutHash(rs.spec.template), wanted))
  return { old: mine.filter(rs => rs !== current), current: current ? [current] : [] }
}

const replicaSetText = (sets: readonly ReplicaSet[]): string =>
  sets
    .map(rs => `${rs.metadata.name} (${rs.status?.replicas ?? 0}/${rs.spec.replicas} replicas created)`)
    .join(', ') || '<none>'

export const describeReplicaSet: Describer<ReplicaSet> = (object, d) => {
  const { w, ctx } = d
  const { metadata, spec, status } = object
  w.field('Name', metadata.name)
  w.field('Namespace', metadata.namespace ?? '')
  w.field('Selector', describeSelector(spec.selector))
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  const controller = controllerOf(object)
  if (controller) w.field('Controlled By', controller)
  w.field('Replicas', `${status.replicas ?? 0} current / ${spec.replicas} desired`)
  w.field('Pods Status', podsStatus(ctx, object, query(spec.selector)))
  describePodTemplate(spec.template, w)
  conditions(w, status.conditions)
  events(object, d)
}

export const describeReplicationController: Describer<ReplicationController> = (object, d) => {
  const { w, ctx } = d
  const { metadata, spec, status } = object
  w.field('Name', metadata.name)
  w.field('Namespace', metadata.namespace ?? '')
  w.field('Selector', describeLabels(spec.selector))
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.field('Replicas', `${status.replicas ?? 0} current / ${spec.replicas} desired`)
  w.field('Pods Status', podsStatus(ctx, object, describeLabels(spec.selector, '')))
  describePodTemplate(spec.template, w)
  conditions(w, status.conditions)
  events(object, d)
}

export const describeStatefulSet: Describer<StatefulSet> = (object, d) => {
  const { w, ctx } = d
  const { metadata, spec, status } = object
  w.field('Name', metadata.name)
  w.field('Namespace', metadata.namespace ?? '')
  w.field('CreationTimestamp', longTime(metadata.creationTimestamp))
  w.field('Selector', query(spec.selector))
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.field('Replicas', `${spec.replicas} desired | ${status.replicas ?? 0} total`)
  w.field('Update Strategy', spec.updateStrategy?.type ?? '')
  const rolling = spec.updateStrategy?.rollingUpdate
  if (rolling) {
    if (rolling.partition !== undefined) w.field('Partition', rolling.partition, 1)
    if (rolling.maxUnavailable !== undefined) w.field('MaxUnavailable', rolling.maxUnavailable, 1)
  }
  w.field('Pods Status', podsStatus(ctx, object, query(spec.selector)))
  describePodTemplate(spec.template, w)
  claimTemplates(spec.volumeClaimTemplates, w)
  events(object, d)
}

function claimTemplates(templates: readonly PersistentVolumeClaim[] | undefined, w: DescribeWriter): void {
  if (!templates?.length) {
    w.field('Volume Claims', '<none>')
    return
  }
  w.write(0, 'Volume Claims:\n')
  for (const claim of templates) {
    w.field('Name', claim.metadata?.name, 1)
    w.field('StorageClass', storageClassOf(claim), 1)
    multiline(w, 'Labels', labelLines(claim.metadata?.labels), '  ')
    multiline(w, 'Annotations', labelLines(claim.metadata?.annotations), '  ')
    w.field('Capacity', claim.spec.resources?.requests?.storage ?? '<default>', 1)
    w.field('Access Modes', `[${(claim.spec.accessModes ?? []).join(' ')}]`, 1)
  }
}

export const describeDaemonSet: Describer<DaemonSet> = (object, d) => {
  const { w, ctx } = d
  const { metadata, spec, status } = object
  w.field('Name', metadata.name)
  w.field('Namespace', metadata.namespace ?? '')
  w.field('Selector', query(spec.selector))
  w.field('Node-Selector', labelLines(spec.template.spec.nodeSelector).join(',') || '<none>')
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.write(0, `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled ?? 0}\n`)
  w.write(0, `Current Number of Nodes Scheduled: ${status.currentNumberScheduled ?? 0}\n`)
  w.write(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}\n`)
  w.write(0, `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}\n`)
  w.write(0, `Number of Nodes Misscheduled: ${status.numberMisscheduled ?? 0}\n`)
  w.field('Pods Status', podsStatus(ctx, object, query(spec.selector)))
  describePodTemplate(spec.template, w)
  events(object, d)
}
