// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const field = (name: string, path: string) =>
  `{"name":"${name}","valueFrom":{"fieldRef":{"fieldPath":"${path}"}}}`
const give = (...env: string[]) =>
  `kk patch deployment home -p '{"spec":{"template":{"spec":{"containers":[{"name":"hellok8s","env":[${env.join()}]}]}}}}'`
const name = field('POD_NAME', 'metadata.name')
const node = field('NODE_NAME', 'spec.nodeName')
const address = field('POD_IP', 'status.podIP')

const worker = (limits: string, env: string) =>
  `kk run worker --image=busybox:1.28 --overrides='{"spec":{"containers":[{"name":"worker","image":"busybox:1.28","command":["sleep","3600"],"resources":${limits},"env":[{"name":"CACHE_MB",${env}}]}]}}'`
const size = (memory: string) => `{"limits":{"memory":"${memory}"}}`
const reads = (divisor: string) =>
  `"valueFrom":{"resourceFieldRef":{"resource":"limits.memory","divisor":"${divisor}"}}`

const file = 'deployment-agent-broken.yaml'
const whole = `sed -i '/subPath/d; s#mountPath: .*#mountPath: /etc/podinfo#' ${file}`
const apply = [`kk apply -f ${file}`, 60]

export default {
  'who-am-i': {
    right: {
      'one patch': [give(name, node, address), 15],
      'three patches': [give(name), 10, give(node), 10, give(address), 20],
      'get, change, replace': [
        `kk get deployment home -o yaml | sed "s#        imagePullPolicy#        env: [{name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}, {name: NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}, {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]\\n        imagePullPolicy#" | kk replace -f -`,
        20,
      ],
    },
    wrong: {
      'two of three': [give(name, node), 20],
      'written by hand': ['kk set env deployment/home POD_NAME=home NODE_NAME=k8s-node1 POD_IP=20.2.1.5', 20],
      'the address of the node': [give(name, node, field('POD_IP', 'status.hostIP')), 20],
      'a field that cannot be had': [give(name, address, field('NODE_NAME', 'spec.node')), 20],
    },
  },
  'own-size': {
    right: {
      'limit and divisor': [worker(size('96Mi'), reads('1Mi')), 10],
      'the limit in bytes': [worker(size('100663296'), reads('1Mi')), 10],
      'another size first, then anew': [
        worker(size('64Mi'), reads('1Mi')),
        10,
        'kk delete pod worker --now',
        worker(size('96Mi'), reads('1Mi')),
        10,
      ],
    },
    wrong: {
      'the number by hand': [worker(size('96Mi'), '"value":"96"'), 10],
      'in bytes': [worker(size('96Mi'), reads('1')), 10],
      'no limit: all of the node': [worker('{}', reads('1Mi')), 10],
      'megabytes are not mebibytes': [worker(size('96Mi'), reads('1M')), 10],
    },
  },
  stale: {
    right: {
      'the whole directory': [whole, ...apply],
      'a projected volume': [
        whole,
        `sed -i '/          downwardAPI:/,$d' ${file}`,
        `echo '          projected: {sources: [{downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}]}' >> ${file}`,
        ...apply,
      ],
      'mounted one up, and the path says the rest': [
        `sed -i '/subPath/d; s#mountPath: .*#mountPath: /etc/podinfo/#' ${file}`,
        ...apply,
      ],
    },
    wrong: {
      'a restart: right until the next change': ['kk rollout restart deployment/agent', 60],
      'the directory where the file was': [`sed -i '/subPath/d' ${file}`, ...apply],
      'another file than the program reads': [whole, `sed -i 's/path: labels/path: tags/' ${file}`, ...apply],
      'a variable': [
        `kk patch deployment agent --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/env","value":[{"name":"SHIFT","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels['"'"'shift'"'"']"}}}]}]'`,
        60,
      ],
    },
  },
}
