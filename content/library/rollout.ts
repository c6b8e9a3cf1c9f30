import assert from 'node:assert/strict'
import { createWorld } from 'living-kubernetes'

const world = createWorld({ workers: 2, seed: 1 })

world.run('kubectl create deployment web --image=nginx:1.27 --replicas=3')
world.until(() => world.object('deploy/web')?.status.readyReplicas === 3)

// A tag that does not exist: the rollout stops, and nobody is cut off.
world.run('kubectl set image deploy/web nginx=nginx:1.27-typo')
const status = world.run('kubectl rollout status deploy/web --timeout=1m')
assert.equal(status.exitCode, 1)
assert.match(world.run('kubectl get pods').stdout, /ErrImagePull|ImagePullBackOff/)
assert.equal(world.object('deploy/web')?.status.readyReplicas, 3)

world.run('kubectl rollout undo deploy/web')
assert.equal(world.run('kubectl rollout status deploy/web').exitCode, 0)
