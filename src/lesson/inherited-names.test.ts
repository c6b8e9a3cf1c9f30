// Names under which every object of JavaScript has something are names like any other, wherever somebody writes one.
import { expect, test } from 'vitest'
import { World } from './world.ts'

function machine() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  return { world, run }
}

const pod = (spec: string, container = '') => `cat > pod.yaml <<'X'
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  ${spec}
  containers: [{name: a, image: nginx${container}}]
X
kubectl apply -f pod.yaml`

test('labels, limits and selectors of pods', () => {
  const { world, run } = machine()
  run('kubectl run web --image=nginx; kubectl run named --image=nginx -l toString=x')
  world.advance(5000)
  expect(run('kubectl get pods -L toString,constructor --no-headers | tr -s " "')).toBe(
    'named 1/1 Running 0 5s x \nweb 1/1 Running 0 5s \n',
  )
  const resources = ', resources: {requests: {constructor: "1"}, limits: {cpu: "1"}}'
  expect(run(pod('nodeSelector: {constructor: x}', resources))).not.toMatch(/limit of|Warning/)
  const spread =
    'topologySpreadConstraints: [{maxSkew: 1, topologyKey: constructor, whenUnsatisfiable: DoNotSchedule}]'
  run(pod(spread))
  world.advance(2000)
  expect(run('kubectl describe pod p | grep FailedScheduling')).toContain(
    "didn't match pod topology spread constraints (missing required label)",
  )
})

test('words of commands and of their flags', () => {
  const { run } = machine()
  expect(run('kubectl wait pod/a --for=create --timeout=1constructor')).toContain(
    'time: unknown unit "constructor" in duration "1constructor"',
  )
  expect(run('kubectl apply -f a.yaml --validate=constructor')).toContain('invalid - validate option')
  expect(run('kubectl completion toString')).toContain('Unsupported shell type "toString"')
  expect(run('kubectl create quota q --hard=__proto__=1')).toContain('must be a standard resource')
  expect(run('ssh k8s-node1 systemctl start constructor')).toContain('constructor.service not found')
  expect(run('ssh k8s-node1 crictl constructor')).toContain("No help topic for 'constructor'")
  expect(run('curl -s -w "%{constructor}" localhost:1')).not.toContain('native code')
  expect(run(`jq -n '{"toString": 1} | .constructor, .toString'`)).toBe('null\n1\n')
})

test('filters and instructions of docker', () => {
  const { run } = machine()
  run('docker run -d --name web nginx')
  expect(run('docker ps -q --filter label=constructor')).toBe('')
  expect(run('docker image ls -q --filter label=toString')).toBe('')
  expect(run('docker top web -o constructor')).not.toContain('native code')
  expect(run(`printf 'FROM nginx\\nconstructor x\\n' > Dockerfile; docker build . 2>&1`)).toContain(
    'unknown instruction: constructor',
  )
})
