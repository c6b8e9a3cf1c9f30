// Defaults of pods and pod templates: pkg/apis/core/v1/defaults.go. What the OpenAPI document states as a default
// (`protocol: TCP`) the decoder has set already.
import { imageTag } from '../machinery/image.ts'
import { compareQuantities, roundUpToMilli } from '../machinery/quantity.ts'
import type {
  Container,
  EnvVar,
  Pod,
  PodSpec,
  Probe,
  ResourceList,
  ResourceRequirements,
  Volume,
} from '../schema/types.ts'
import { containerRequests } from './resources.ts'

/** SetObjectDefaults_PodTemplate: everything but what only pods get. */
export function defaultPodSpec(spec: PodSpec): void {
  spec.dnsPolicy ||= 'ClusterFirst'
  spec.restartPolicy ||= 'Always'
  spec.securityContext ??= {}
  spec.terminationGracePeriodSeconds ??= 30
  spec.schedulerName ||= 'default-scheduler'
  // The two names of the service account are one field inside the server.
  const account = spec.serviceAccountName || spec.serviceAccount
  if (account) spec.serviceAccountName = spec.serviceAccount = account
  // Only `true` has a meaning on the way back from the internal type.
  for (const name of ['hostNetwork', 'hostPID', 'hostIPC'] as const) if (!spec[name]) delete spec[name]
  for (const volume of spec.volumes ?? []) defaultVolume(volume)
  for (const list of [spec.initContainers, spec.containers, spec.ephemeralContainers])
    for (const container of list ?? []) defaultContainer(container as Container)
  roundUp(spec.overhead)
  roundUpAll(spec.resources)
}

/** SetDefaults_Pod, then what templates get too. */
export function defaultPod({ spec }: Pod): void {
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    const { resources } = container
    if (!resources.limits) continue
    const requests = sorted({ ...resources.limits, ...resources.requests })
    if (Object.keys(requests).length) container.resources = { ...resources, requests }
  }
  defaultPodRequests(spec)
  spec.enableServiceLinks ??= true
  if (spec.hostNetwork)
    for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])])
      defaultHostPorts(container)
  defaultPodSpec(spec)
}

function defaultHostPorts({ ports }: Container): void {
  for (const port of ports ?? []) if (!port.hostPort && port.containerPort) port.hostPort = port.containerPort
}

/** Pod-level requests come from the containers' and else from the pod-level limits. */
function defaultPodRequests(spec: PodSpec): void {
  const limits = spec.resources?.limits
  if (!spec.resources || !limits || !Object.keys(limits).length) return
  const requests: ResourceList = { ...spec.resources.requests }
  for (const [name, value] of Object.entries(containerRequests(spec)))
    if ((name === 'cpu' || name === 'memory') && !(name in requests)) requests[name] = value
  for (const [name, value] of Object.entries(limits))
    if ((name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')) && !(name in requests))
      requests[name] = value
  if (Object.keys(requests).length) spec.resources = { ...spec.resources, requests: sorted(requests) }
}

const sorted = (list: ResourceList): ResourceList =>
  Object.fromEntries(
    Object.keys(list)
      .sort()
      .map(name => [name, list[name]!]),
  )

function defaultContainer(container: Container): void {
  container.imagePullPolicy ||= imageTag(container.image ?? '') === 'latest' ? 'Always' : 'IfNotPresent'
  container.terminationMessagePath ||= '/dev/termination-log'
  container.terminationMessagePolicy ||= 'File'
  for (const variable of container.env ?? []) defaultEnv(variable)
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe])
    if (probe) defaultProbe(probe)
  for (const handler of [container.lifecycle?.postStart, container.lifecycle?.preStop])
    if (handler?.httpGet) defaultHttpGet(handler.httpGet)
  if (container.securityContext && !container.securityContext.procMount)
    delete container.securityContext.procMount
  roundUpAll(container.resources)
}

function defaultEnv({ valueFrom }: EnvVar): void {
  if (valueFrom?.fieldRef) valueFrom.fieldRef.apiVersion ||= 'v1'
  if (valueFrom?.resourceFieldRef) valueFrom.resourceFieldRef.divisor ??= '0'
  if (valueFrom?.fileKeyRef) valueFrom.fileKeyRef.optional ??= false
}

function defaultProbe(probe: Probe): void {
  probe.timeoutSeconds ||= 1
  probe.periodSeconds ||= 10
  probe.successThreshold ||= 1
  probe.failureThreshold ||= 3
  if (probe.httpGet) defaultHttpGet(probe.httpGet)
  if (probe.grpc) probe.grpc.service ??= ''
}

function defaultHttpGet(action: { path?: string; scheme?: string }): void {
  action.path ||= '/'
  action.scheme ||= 'HTTP'
}

function defaultVolume(volume: Volume): void {
  if (Object.keys(volume).length === 1) volume.emptyDir = {}
  const { secret, configMap, downwardAPI, projected, hostPath, image, ephemeral } = volume
  for (const source of [secret, configMap, downwardAPI, projected]) if (source) source.defaultMode ??= 420
  if (hostPath) hostPath.type ??= ''
  if (image) image.pullPolicy ||= imageTag(image.reference ?? '') === 'latest' ? 'Always' : 'IfNotPresent'
  if (ephemeral?.volumeClaimTemplate) ephemeral.volumeClaimTemplate.spec.volumeMode ??= 'Filesystem'
  const files = [...(downwardAPI?.items ?? [])]
  for (const source of projected?.sources ?? []) {
    if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= 3600
    files.push(...(source.downwardAPI?.items ?? []))
  }
  for (const { fieldRef, resourceFieldRef } of files) {
    if (fieldRef) fieldRef.apiVersion ||= 'v1'
    if (resourceFieldRef) resourceFieldRef.divisor ??= '0'
  }
}

function roundUpAll(resources: ResourceRequirements | undefined): void {
  roundUp(resources?.limits)
  roundUp(resources?.requests)
}

/** SetDefaults_ResourceList: nothing smaller than a thousandth. */
export function roundUp(list: ResourceList | undefined): void {
  for (const name in list) {
    const value = list[name]!
    const rounded = roundUpToMilli(value)
    if (compareQuantities(rounded, value) !== 0) list[name] = rounded
  }
}
