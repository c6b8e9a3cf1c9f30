// The published schema of the API.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiRequest } from '../../src/api/types.ts'
import { servedKinds } from '../../src/kinds/index.ts'
import { json } from './answers.ts'
import type { World } from './world.ts'

/** Just enough for kubectl to learn that the server checks fields itself. */
export function openapi(
  { api }: World,
  request: ApiRequest,
  _message: IncomingMessage,
  response: ServerResponse,
) {
  const { path } = request
  // Whoever may not see the schema is told so by the server itself.
  const index = api.handle({ ...request, path: '/openapi/v3' })
  if (index.code !== 200) return json(response, index.code, index.body)
  const versions = new Map(
    servedKinds.map(({ resource: { group, version } }) => [
      `${group ? `apis/${group}` : 'api'}/${version}`,
      { group, version },
    ]),
  )
  const wanted = path.replace(/^\/openapi\/v3\/?/, '')
  if (!wanted) {
    const paths = Object.fromEntries(
      [...versions.keys()].map(key => [key, { serverRelativeURL: `/openapi/v3/${key}` }]),
    )
    return json(response, 200, { paths })
  }
  const found = versions.get(wanted)
  if (!found) return json(response, 404, {})
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map(name => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }))
  const paths = Object.fromEntries(
    servedKinds
      .filter(({ resource: r }) => r.group === found.group && r.version === found.version)
      .map(({ resource: { group, version, kind, plural, namespaced } }) => [
        `/${wanted}${namespaced ? '/namespaces/{namespace}' : ''}/${plural}/{name}`,
        { patch: { parameters, responses: {}, 'x-kubernetes-group-version-kind': { group, version, kind } } },
      ]),
  )
  json(response, 200, { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'v1.36.3' }, paths })
}
