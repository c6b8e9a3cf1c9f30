// The scale of any kind that has one: registry/apps/deployment/storage/storage.go (ScaleREST) and its like.
import { age } from '../../kinds/machinery/duration.ts'
import type { Scale } from '../../kinds/schema/types.ts'
import type { Call } from '../call.ts'
import { decodeAs } from '../decode.ts'
import { badRequest, conflict, invalid, modified, unsupportedMediaType } from '../errors.ts'
import { copyJson, isObject } from '../json.ts'
import { jsonPatch } from '../patch/json-patch.ts'
import { mergePatch } from '../patch/merge.ts'
import type { Stored } from '../store.ts'
import { get } from '../verbs/read.ts'
import { updateObject } from '../verbs/update.ts'
import type { Answer, SubresourceHandler } from './subresource.ts'

const scaleKind = { group: 'autoscaling', kind: 'Scale' }
const columns = ['Name', 'Desired', 'Available', 'Age']

function scaleOf(call: Call, { object }: Stored): Scale {
  const access = call.resource.rules.scale!
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const selector = access.selector(object)
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: access.replicas(object) },
    status: { replicas: access.statusReplicas(object), ...(selector && { selector }) },
  }
}

function answer(call: Call, stored: Stored): Answer {
  const scale = scaleOf(call, stored)
  return { code: 200, body: call.request.accept === 'table' ? table(call, scale) : scale }
}

function table(call: Call, scale: Scale) {
  const { metadata, spec, status } = scale
  const { name, creationTimestamp } = metadata
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: metadata.resourceVersion },
    columnDefinitions: columns.map(column => ({
      name: column,
      type: column === 'Name' || column === 'Age' ? 'string' : 'integer',
      format: column === 'Name' ? 'name' : '',
      description: '',
      priority: 0,
    })),
    rows: [
      {
        cells: [name, spec.replicas, status.replicas, age(creationTimestamp, call.server.engine.now)],
        object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata },
      },
    ],
  }
}

function write(call: Call, value: unknown): Answer {
  const scale = decodeAs<Scale>(call, 'io.k8s.api.autoscaling.v1.Scale', value)
  const stored = get(call)
  const { name, resourceVersion, uid } = stored.object.metadata
  const replicas = scale.spec?.replicas ?? 0
  const errors = []
  if (replicas < 0)
    errors.push({
      type: 'Invalid' as const,
      field: 'spec.replicas',
      value: replicas,
      detail: 'must be greater than or equal to 0',
    })
  if (errors.length) throw invalid(scaleKind, name, errors)
  const given = scale.metadata ?? {}
  if (given.resourceVersion && given.resourceVersion !== resourceVersion)
    throw conflict(call.resource, name, modified)
  if (given.uid && given.uid !== uid)
    throw conflict(
      call.resource,
      name,
      `Precondition failed: UID in precondition: ${given.uid}, UID in object meta: ${uid}`,
    )
  const object = copyJson(call.resource.rules.scale!.withReplicas(stored.object, replicas))
  return answer(call, updateObject(call, stored, object))
}

export const scale: SubresourceHandler = {
  get: call => answer(call, get(call)),
  update: call => write(call, call.body),
  patch(call) {
    const { body } = call
    const { contentType = '' } = call.request
    const current = scaleOf(call, get(call))
    if (contentType.includes('json-patch')) return write(call, jsonPatch(current, body))
    if (!isObject(body)) throw badRequest('Invalid JSON Patch')
    // A Scale has no lists: the two kinds of merge are one.
    if (/merge-patch|apply-patch/.test(contentType)) return write(call, mergePatch(current, body))
    throw unsupportedMediaType(['application/json-patch+json', 'application/merge-patch+json'])
  },
}
