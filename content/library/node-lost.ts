import assert from 'node:assert/strict'
import { createWorld } from 'living-kubernetes'

const world = createWorld({ workers: 2 })
world.apply(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'nginx:1.27'}]}
`)
world.run('kubectl rollout status deploy/web')

world.inject({ type: 'node-lost', node: 'k8s-node2' })
world.advance({ minutes: 7 }) // at once for the caller

const nodes = world
  .objects('pods', { labels: 'app=web', fields: 'status.phase=Running' })
  .filter(pod => pod.metadata.deletionTimestamp === undefined)
  .map(pod => pod.spec.nodeName)
assert.deepEqual(nodes, ['k8s-node1', 'k8s-node1'])
assert.ok(world.events().some(event => event.reason === 'TaintManagerEviction'))
