import type { Pod, PodCondition } from '../../kinds/schema/types.ts'
import {
  annotations,
  controllerOf,
  type Describer,
  events,
  findEvents,
  labels,
  longTime,
  multiline,
  since,
  tolerationLines,
} from './parts.ts'
import { describeContainers, describeResources, describeTopologySpread } from './pod-template.ts'
import { describeVolumes } from './volumes.ts'

const mirror = 'kubernetes.io/config.mirror'

export const describePod: Describer<Pod> = (pod, d) => {
  const { w, ctx } = d
  const { metadata, spec, status } = pod
  w.field('Name', metadata.name)
  w.field('Namespace', metadata.namespace ?? '')
  if (spec.priority !== undefined) w.field('Priority', spec.priority)
  if (spec.priorityClassName) w.field('Priority Class Name', spec.priorityClassName)
  if (spec.runtimeClassName) w.field('Runtime Class Name', spec.runtimeClassName)
  if (spec.serviceAccountName) w.field('Service Account', spec.serviceAccountName)
  w.field('Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>')
  if (status.startTime) w.field('Start Time', longTime(status.startTime))
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  if (metadata.deletionTimestamp && status.phase !== 'Failed' && status.phase !== 'Succeeded') {
    w.field('Status', `Terminating (lasts ${since(metadata.deletionTimestamp, ctx.now)})`)
    w.field('Termination Grace Period', `${metadata.deletionGracePeriodSeconds}s`)
  } else w.field('Status', status.phase ?? '')
  if (status.reason) w.field('Reason', status.reason)
  if (status.message) w.field('Message', status.message)
  const seccomp = spec.securityContext?.seccompProfile
  if (seccomp) w.field('SeccompProfile', seccomp.type)
  if (seccomp?.type === 'Localhost') w.field('LocalhostProfile', seccomp.localhostProfile ?? '')
  w.field('IP', status.podIP ?? '')
  if (status.podIPs?.length) {
    w.write(0, 'IPs:\n')
    for (const { ip } of status.podIPs) w.field('IP', ip, 1)
  } else w.field('IPs', '<none>')
  const controller = controllerOf(pod)
  if (controller) w.field('Controlled By', controller)
  if (status.nominatedNodeName) w.field('NominatedNodeName', status.nominatedNodeName)
  if (spec.resources) {
    w.write(0, 'Resources:\n')
    describeResources(spec.resources, w, 1)
  }
  if (spec.initContainers?.length)
    describeContainers('Init Containers', spec.initContainers, status.initContainerStatuses, pod, w, '')
  describeContainers('Containers', spec.containers, status.containerStatuses, pod, w, '')
  if (spec.ephemeralContainers?.length)
    describeContainers(
      'Ephemeral Containers',
      spec.ephemeralContainers,
      status.ephemeralContainerStatuses,
      pod,
      w,
      '',
    )
  const conditions: PodCondition[] = status.conditions ?? []
  if (spec.readinessGates?.length) {
    w.write(0, 'Readiness Gates:\n  Type\tStatus\n')
    for (const { conditionType } of spec.readinessGates)
      w.write(
        1,
        `${conditionType} \t${conditions.find(c => c.type === conditionType)?.status ?? '<none>'} \n`,
      )
  }
  if (conditions.length) {
    w.write(0, 'Conditions:\n  Type\tStatus\n')
    for (const c of conditions) w.write(1, `${c.type} \t${c.status} \n`)
  }
  describeVolumes(spec.volumes, w, '')
  w.field('QoS Class', status.qosClass ?? '')
  labels(w, 'Node-Selectors', spec.nodeSelector)
  multiline(w, 'Tolerations', tolerationLines(spec.tolerations))
  describeTopologySpread(spec.topologySpreadConstraints, w, '')
  const { name, namespace, uid } = metadata
  events(
    pod,
    d,
    d.showEvents
      ? findEvents(ctx, { name, namespace: namespace!, uid: metadata.annotations?.[mirror] ?? uid! })
      : [],
  )
}
