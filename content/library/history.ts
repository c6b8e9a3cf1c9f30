import assert from 'node:assert/strict'
import { createWorld, replay } from 'living-kubernetes'

const world = createWorld({ seed: 7, files: { 'note.txt': 'first\n' } })
world.run('kubectl run visitor --image=busybox:1.36 -- sleep 1h')
world.advance({ seconds: 30 })

// A file visitor.history.json: the playground opens it, and so does replay.
const again = replay(world.history())
const question = 'kubectl get pods -o wide; cat note.txt'
assert.equal(again.run(question).output, world.run(question).output)
