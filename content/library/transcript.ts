import assert from 'node:assert/strict'
import { playTranscript } from 'living-kubernetes'

const played = playTranscript(`
## step: settings
$ kubectl create configmap settings --from-literal=colour=blue
configmap/settings created

# wait 2s
$ kubectl get configmap settings
NAME       DATA   AGE
settings   1      2s
`)
assert.deepEqual(
  played.filter(command => !command.same),
  [],
)
