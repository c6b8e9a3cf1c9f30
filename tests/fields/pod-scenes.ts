// Fields of pods and containers whose effect shows at a moment of their life, in their log or on their node.
import { claim, localVolume } from './claims.ts'
import { apply, type Scene, type Side } from './scenes.ts'

export const podScenes: Scene[] = []
const scene = (fields: string, without: Side, having: Side) => {
  for (const field of fields.split(' ')) podScenes.push({ field, without, having })
}

const sleeping = { name: 'c', image: 'busybox', command: ['sleep', '36000'] }
const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec })
/** A pod of one container, that sleeps where nothing else is said. */
const played = (script: string, container: object, spec: object = {}): Side => ({
  objects: [pod({ containers: [{ ...sleeping, ...container }], ...spec })],
  script,
})
const pair = (script: string, without: object, having: object, spec: object = {}): [Side, Side] => [
  played(script, without, spec),
  played(script, having, spec),
]
const specs = (script: string, without: object, having: object, container: object = {}): [Side, Side] => [
  played(script, container, without),
  played(script, container, having),
]
const state = 'kn get pod a --no-headers'

scene('PodSpec.hostnameOverride', ...specs('kn exec a -- hostname', {}, { hostnameOverride: 'another' }))
/** Is a namespace of it the node's? */
const namespace = (kind: string) =>
  `[ "$(kn exec a -- readlink /proc/self/ns/${kind})" = "$(ssh k8s-node1 readlink /proc/1/ns/${kind})" ] && echo shared`
scene('PodSpec.hostIPC', ...specs(namespace('ipc'), {}, { hostIPC: true }))
scene(
  'PodSpec.hostUsers',
  ...specs(`${namespace('user')}; kn exec a -- cat /proc/self/uid_map | wc -c`, {}, { hostUsers: false }),
)
scene('Container.name', ...pair('kn logs a -c d', { name: 'd' }, { name: 'e' }))

// What a pod does when it is told to end.
const shell = (script: string) => ({ command: ['sh', '-c', script] })
const stubborn = shell('trap "" TERM; while true; do sleep 1; done')
const deleted = (seconds: number) =>
  `kn delete pod a --wait=false >/dev/null; sleep ${seconds}; ${state} 2>&1 | grep -oE "Terminating|not found"`
scene(
  'PodSpec.terminationGracePeriodSeconds',
  ...specs(deleted(15), {}, { terminationGracePeriodSeconds: 5 }, stubborn),
)
const follow = '(sleep 3; kn delete pod a --grace-period=9 >/dev/null) & kn logs -f a'
const speaking = shell(
  'trap "echo terminated; exit" TERM; trap "echo by a user; exit" USR1; while true; do sleep 1; done',
)
scene(
  'Lifecycle.preStop',
  ...pair(follow, speaking, {
    ...speaking,
    lifecycle: { preStop: { exec: { command: ['sh', '-c', 'echo first > /proc/1/fd/1'] } } },
  }),
)
scene(
  'Lifecycle.stopSignal',
  ...specs(
    follow,
    { os: { name: 'linux' }, containers: [{ ...sleeping, ...speaking }] },
    {
      os: { name: 'linux' },
      containers: [{ ...sleeping, ...speaking, lifecycle: { stopSignal: 'SIGUSR1' } }],
    },
  ),
)
const lateEnd = (seconds: number) => ({
  command: ['sh', '-c', 'trap "exit" TERM; while true; do sleep 1; done'],
  lifecycle: { preStop: { sleep: { seconds } } },
})
scene('SleepAction.seconds', ...pair(deleted(8), lateEnd(1), lateEnd(20)))
const failing = (more: object = {}) => ({
  ...stubborn,
  livenessProbe: { exec: { command: ['false'] }, periodSeconds: 1, failureThreshold: 1, ...more },
})
const restarts = 'kn get pod a -o jsonpath={.status.containerStatuses[0].restartCount} | sed "s/[1-9].*/yes/"'
scene(
  'Probe.terminationGracePeriodSeconds',
  ...pair(restarts, failing(), failing({ terminationGracePeriodSeconds: 1 }), {
    terminationGracePeriodSeconds: 600,
  }),
)

// gRPC's health protocol.
const grpc = (action: object) => ({
  image: 'registry.k8s.io/e2e-test-images/agnhost:2.43',
  command: undefined,
  args: ['grpc-health-checking', '--port=5000', '--service=own'],
  readinessProbe: { grpc: { port: 5000, ...action } },
})
const ready = 'kn get pod a -o jsonpath={.status.containerStatuses[0].ready}'
scene('GRPCAction.port', ...pair(ready, grpc({}), grpc({ port: 5001 })))
scene('GRPCAction.service', ...pair(ready, grpc({}), grpc({ service: 'other' })))

// Terminals and ports.
const asking = shell('while read line; do echo "got $line"; done; echo the end; sleep 36000')
const attach = (container: object, spec: object = {}) =>
  played(
    'echo hello | kn attach -i a >/dev/null 2>&1 & sleep 3; kn logs a',
    { ...asking, ...container },
    spec,
  )
scene('Container.stdinOnce', attach({ stdin: true }), attach({ stdin: true, stdinOnce: true }))
const onPort = (more: object): Side => ({
  script: `${apply(
    pod({
      nodeName: 'k8s-node1',
      containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80, hostPort: 8088, ...more }] }],
    }),
  )}; sleep 30; ssh k8s-node1 curl -sS -m 1 10.0.2.3:8088 2>&1 | grep -oE "<title>|refused|timed out"; kn delete pod a >/dev/null`,
})
scene('ContainerPort.hostIP', onPort({}), onPort({ hostIP: '127.0.0.1' }))

// A variable from a file that an init container writes.
const fromFile = (more: object = {}): Side => ({
  objects: [
    pod({
      volumes: [
        { name: 'v', emptyDir: {} },
        { name: 'w', emptyDir: {} },
      ],
      initContainers: [
        {
          ...sleeping,
          name: 'first',
          command: [
            'sh',
            '-c',
            `f() { printf "A=\\047$1\\047\\nB=\\047two\\047\\n"; }; f one > /v/one.env; f three > /v/two.env; f four > /w/one.env`,
          ],
          volumeMounts: [
            { name: 'v', mountPath: '/v' },
            { name: 'w', mountPath: '/w' },
          ],
        },
      ],
      containers: [
        {
          ...sleeping,
          env: [
            { name: 'X', valueFrom: { fileKeyRef: { volumeName: 'v', path: 'one.env', key: 'A', ...more } } },
          ],
        },
      ],
    }),
  ],
  script: `kn exec a -- printenv X 2>&1; ${state} | grep -oE "Running|Error|Init.*"`,
})
scene('EnvVarSource.fileKeyRef', played('kn exec a -- printenv X', {}), fromFile())
scene('FileKeySelector.volumeName', fromFile(), fromFile({ volumeName: 'w' }))
scene('FileKeySelector.path', fromFile(), fromFile({ path: 'two.env' }))
scene('FileKeySelector.key', fromFile(), fromFile({ key: 'B' }))
scene('FileKeySelector.optional', fromFile({ key: 'C' }), fromFile({ key: 'C', optional: true }))

// What a resize does to a container.
const resized = (resizePolicy: object[]) =>
  played(
    `kn patch pod a --subresource=resize -p '{"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"20m"},"limits":{"cpu":"20m"}}}]}}' >/dev/null; sleep 40; ${restarts}`,
    {
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '10m', memory: '32Mi' } },
      resizePolicy,
    },
    { terminationGracePeriodSeconds: 1 },
  )
const policy = (resourceName: string, restartPolicy: string) => ({ resourceName, restartPolicy })
const restarted = resized([policy('cpu', 'RestartContainer')])
scene('Container.resizePolicy', resized([]), restarted)
scene('ContainerResizePolicy.restartPolicy', resized([policy('cpu', 'NotRequired')]), restarted)
scene('ContainerResizePolicy.resourceName', resized([policy('memory', 'RestartContainer')]), restarted)

// Groups: the user 100 of this image is in one by its /etc/group.
const member = { runAsUser: 100, runAsGroup: 7 }
scene(
  'PodSecurityContext.supplementalGroupsPolicy',
  ...specs(
    'kn exec a -- id',
    { securityContext: member },
    { securityContext: { ...member, supplementalGroupsPolicy: 'Strict' } },
    { image: 'curlimages/curl' },
  ),
)
/** A volume in which a pod leaves a file of another group, and then comes another pod. */
const owned = (fsGroupChangePolicy: object): Side => {
  const user = (script: string) =>
    pod({
      terminationGracePeriodSeconds: 1,
      securityContext: { fsGroup: 7, ...fsGroupChangePolicy },
      volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'a' } }],
      containers: [
        { ...sleeping, ...shell(`${script}; sleep 36000`), volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      ],
    })
  return {
    script: [
      'ssh k8s-node1 mkdir -p /srv/NAMESPACE',
      apply(localVolume({})),
      apply(claim({})),
      apply(user('touch /v/file; chgrp 9 /v/file')),
      'sleep 20; kn delete pod a >/dev/null; sleep 5',
      apply(user('true')),
      'sleep 20; kn exec a -- stat -c %g /v/file; kn delete pod a >/dev/null',
    ].join('; '),
  }
}
scene('PodSecurityContext.fsGroupChangePolicy', owned({}), owned({ fsGroupChangePolicy: 'OnRootMismatch' }))

// Tokens.
const token = (more: object): Side =>
  played(
    'kn exec a -- cat /v/token | cut -d. -f2 | base64 -d 2>/dev/null > t; grep -o \'"aud":[^]]*\' t; echo $(( $(grep -o \'"exp":[0-9]*\' t | cut -d: -f2) - $(grep -o \'"iat":[0-9]*\' t | cut -d: -f2) ))',
    { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
    {
      volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: { path: 'token', ...more } }] } }],
    },
  )
scene('ServiceAccountTokenProjection.audience', token({}), token({ audience: 'vault' }))
scene('ServiceAccountTokenProjection.expirationSeconds', token({}), token({ expirationSeconds: 7200 }))

// What variables name.
const limited = (name: string, memory: string) => ({ ...sleeping, name, resources: { limits: { memory } } })
const ofContainer = (containerName: string): Side => ({
  objects: [
    pod({
      volumes: [
        {
          name: 'v',
          downwardAPI: {
            items: [{ path: 'x', resourceFieldRef: { containerName, resource: 'limits.memory' } }],
          },
        },
      ],
      containers: [
        { ...limited('c', '32Mi'), volumeMounts: [{ name: 'v', mountPath: '/v' }] },
        limited('d', '64Mi'),
      ],
    }),
  ],
  script: 'kn exec a -c c -- cat /v/x',
})
scene('ResourceFieldSelector.containerName', ofContainer('c'), ofContainer('d'))
const versioned = (apiVersion: string): Side => ({
  script: `echo '${JSON.stringify(
    pod({
      containers: [
        {
          ...sleeping,
          env: [{ name: 'A', valueFrom: { fieldRef: { apiVersion, fieldPath: 'metadata.name' } } }],
        },
      ],
    }),
  )}' | kn apply -f - 2>&1 | grep -oE "created|error converting.*"`,
})
scene('ObjectFieldSelector.apiVersion', versioned('v1'), versioned('v2'))

/** No pod has brought it to the node before. */
const pulled = (pullPolicy: string): Side => ({
  script: `${apply(
    pod({
      nodeName: 'k8s-node1',
      containers: [{ ...sleeping, volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
      volumes: [{ name: 'v', image: { reference: 'alpine:3.18', pullPolicy } }],
    }),
  )}; sleep 20; ${state} | grep -oE "Running|ErrImage[A-Za-z]*"`,
})
scene('ImageVolumeSource.pullPolicy', pulled('Never'), pulled('Always'))

// An image for those who log in.
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login' },
  type: 'kubernetes.io/dockerconfigjson',
  stringData: {
    '.dockerconfigjson': JSON.stringify({
      auths: { 'harbor.example.com:5001': { username: 'admin', password: 'Harbor12345' } },
    }),
  },
}
const login = (name: string): Side => ({
  objects: [
    secret,
    pod({
      imagePullSecrets: [{ name }],
      containers: [
        { ...sleeping, image: 'harbor.example.com:5001/hellok8s/hellok8s:v2', command: undefined },
      ],
    }),
  ],
  script: `${state} | grep -oE "Running|Image[A-Za-z]*" | sed "s/Image.*/no image/"`,
})
scene('PodSpec.imagePullSecrets LocalObjectReference.name', login('other'), login('login'))
