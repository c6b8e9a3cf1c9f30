import { expect, it } from 'vitest'
import { servedKinds } from '../kinds/index.ts'
import { Client } from './client.ts'
import { Registry } from './registry.ts'
import { route, routeTo } from './route.ts'
import type { ApiRequest, ApiServer } from './types.ts'

const registry = new Registry(servedKinds)

/** What a client sends. */
function sent(send: (client: Client) => void): ApiRequest {
  const requests: ApiRequest[] = []
  const api = {
    handle(request: ApiRequest) {
      requests.push(request)
      return { code: 200, body: { items: [], metadata: {} }, warnings: [] }
    },
  } as Partial<ApiServer> as ApiServer
  send(new Client(api, 'test'))
  return requests[0]!
}

it.each([
  ['pods', 'default', 'web'],
  ['pods', '', 'web'],
  ['nodes', '', 'k8s-node1'],
  ['nodes', 'default', 'k8s-node1'],
  ['namespaces', '', 'default'],
  ['deployments.apps', 'default', 'web'],
  ['horizontalpodautoscalers.autoscaling/v2', 'default', 'web'],
  ['widgets.example.com', 'default', 'web'],
  ['configmaps', 'default', 'a/b'],
  ['configmaps', 'default', 'a%2fb'],
  ['configmaps', 'default', ''],
])('names to the server what the path names: %s %s/%s', (resource, namespace, name) => {
  const metadata = { namespace, name }
  for (const send of [
    (client: Client) => client.resource(resource).find(namespace, name),
    (client: Client) => client.resource(resource).delete(namespace, name),
    (client: Client) => client.resource(resource).updateStatus({ apiVersion: '', kind: '', metadata }),
    (client: Client) => client.resource(resource).create({ apiVersion: '', kind: '', metadata }),
  ]) {
    const { path, target } = sent(send)
    const byPath = route(registry, path)
    expect(target ? routeTo(registry, target) : byPath).toEqual(byPath)
    if (/^[a-z0-9-]+$/.test(name)) expect(target).toBeDefined()
  }
})
