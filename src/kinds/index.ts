// Every kind that the cluster serves, and how it is found: by group, version and kind, by the resource of a URL, or by
// a word that a person types. Kinds without a file of their own are plain.

import { admissionPolicies } from './admissionpolicies.ts'
import { certificateSigningRequest } from './certificatesigningrequest.ts'
import { clusterRole } from './clusterrole.ts'
import { clusterRoleBinding } from './clusterrolebinding.ts'
import { componentStatus } from './componentstatus.ts'
import { configMap } from './configmap.ts'
import { controllerRevision } from './controllerrevision.ts'
import { cronJob } from './cronjob.ts'
import { customResourceDefinition } from './customresourcedefinition.ts'
import { daemonSet } from './daemonset.ts'
import { deployment } from './deployment.ts'
import { endpoints } from './endpoints.ts'
import { endpointSlice } from './endpointslice.ts'
import { event } from './event.ts'
import { horizontalPodAutoscaler } from './horizontalpodautoscaler.ts'
import { ingress } from './ingress.ts'
import { ingressClass } from './ingressclass.ts'
import { job } from './job.ts'
import type { Kind, VersionConversion } from './kind.ts'
import { lease } from './lease.ts'
import { limitRange } from './limitrange.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { namespace } from './namespace.ts'
import { networkPolicy } from './networkpolicy.ts'
import { node } from './node.ts'
import { persistentVolume } from './persistentvolume.ts'
import { persistentVolumeClaim } from './persistentvolumeclaim.ts'
import { pod } from './pod.ts'
import { podDisruptionBudget } from './poddisruptionbudget.ts'
import { podTemplate } from './podtemplate.ts'
import { priorityClass } from './priorityclass.ts'
import { replicaSet } from './replicaset.ts'
import { replicationController } from './replicationcontroller.ts'
import { resourceQuota } from './resourcequota.ts'
import { type ResourceInfo, resources } from './resources.ts'
import { role } from './role.ts'
import { roleBinding } from './rolebinding.ts'
import { plainRows } from './rows.ts'
import { runtimeClass } from './runtimeclass.ts'
import { secret } from './secret.ts'
import { service } from './service.ts'
import { serviceAccount } from './serviceaccount.ts'
import { statefulSet } from './statefulset.ts'
import { storageClass } from './storageclass.ts'
import { webhookConfigurations } from './webhookconfigurations.ts'

/** The kinds that have a file of their own. */
const own: readonly Kind<any>[] = [
  ...admissionPolicies,
  certificateSigningRequest,
  clusterRole,
  clusterRoleBinding,
  componentStatus,
  configMap,
  controllerRevision,
  cronJob,
  customResourceDefinition,
  daemonSet,
  deployment,
  endpoints,
  endpointSlice,
  event,
  horizontalPodAutoscaler,
  ingress,
  ingressClass,
  job,
  lease,
  limitRange,
  namespace,
  networkPolicy,
  node,
  persistentVolume,
  persistentVolumeClaim,
  pod,
  podDisruptionBudget,
  podTemplate,
  priorityClass,
  replicaSet,
  replicationController,
  resourceQuota,
  role,
  roleBinding,
  runtimeClass,
  secret,
  service,
  serviceAccount,
  statefulSet,
  storageClass,
  ...webhookConfigurations,
]

/** A kind under one of the group-versions that serve it. */
export interface ServedKind {
  readonly kind: Kind
  /** Names, verbs and subresources of this version. */
  readonly resource: ResourceInfo
  /** Present where this is not the version that objects are stored in. */
  readonly conversion?: VersionConversion
}

const fullName = (r: { group: string; version: string; plural: string }) =>
  `${r.plural}.${r.group ? `${r.group}/` : ''}${r.version}`
const byResource = new Map<string, ServedKind>()
const byKind = new Map<string, ServedKind>()
const byWord = new Map<string, ServedKind>()

/** All kinds, one for each that is stored. */
export const kinds: Kind[] = []
/** All kinds under each version that serves them, in the order of discovery. */
export const servedKinds: readonly ServedKind[] = serve()

function serve(): ServedKind[] {
  const kindFiles = new Map([...own, ...plainRows].map(kind => [fullName(kind), kind]))
  const conversions = new Map(
    own.flatMap(kind =>
      (kind.versions ?? []).map(v => [fullName({ ...v, plural: kind.plural }), { kind, conversion: v }]),
    ),
  )
  const list = resources.map((resource): ServedKind => {
    const name = fullName(resource)
    const converted = conversions.get(name)
    if (converted) return { kind: converted.kind, resource, conversion: converted.conversion }
    const kind = kindFiles.get(name) ?? defineKind(name)
    kinds.push(kind)
    return { kind, resource }
  })
  for (const served of list) {
    const { resource } = served
    byResource.set(`${resource.group}/${resource.version}/${resource.plural}`, served)
    byKind.set(`${resource.group}/${resource.version}/${resource.kind}`, served)
    const words = [resource.plural, resource.singular, ...resource.shortNames]
    for (const word of words) {
      for (const known of [
        word,
        `${word}.${resource.group}`,
        `${word}.${resource.version}.${resource.group}`,
        ...(resource.group ? [] : [`${word}.${resource.version}`]),
      ])
        if (!byWord.has(known)) byWord.set(known, served)
    }
  }
  return list
}

/** By the group, version and kind of an object; '' is the core group. */
export const findKind = (group: string, version: string, kind: string): ServedKind | undefined =>
  byKind.get(`${group}/${version}/${kind}`)

/** By the resource in a URL. */
export const findResource = (group: string, version: string, plural: string): ServedKind | undefined =>
  byResource.get(`${group}/${version}/${plural}`)

/** By an object's apiVersion and kind. */
export function kindOf(object: { apiVersion: string; kind: string }): ServedKind | undefined {
  const slash = object.apiVersion.indexOf('/')
  return findKind(
    slash < 0 ? '' : object.apiVersion.slice(0, slash),
    slash < 0 ? object.apiVersion : object.apiVersion.slice(slash + 1),
    object.kind,
  )
}

/**
 * By a word as kubectl takes it: plural, singular or short name, alone or with group (`deployments.apps`) or version
 * and group (`deployments.v1.apps`); the first in the order of discovery.
 */
export const findByWord = (word: string): ServedKind | undefined => byWord.get(word.toLowerCase())

/** Resources of a category (`all`), each in its preferred version, in the order of discovery. */
export const inCategory = (category: string): ServedKind[] =>
  servedKinds.filter(
    ({ resource }, i) =>
      resource.categories.includes(category) &&
      !servedKinds.some(
        (other, j) =>
          j < i && other.resource.group === resource.group && other.resource.plural === resource.plural,
      ),
  )
