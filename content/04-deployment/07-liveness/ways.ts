// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const liveness = 'deployment-liveness.yaml'
const broken = 'deployment-liveness-broken.yaml'
const startup = (seconds: number) =>
  `sed -i 's/      livenessProbe:/      startupProbe: {exec: {command: [cat, \\/tmp\\/up]}, periodSeconds: 1, failureThreshold: ${seconds}}\\n      livenessProbe:/' pod-slow.yaml`
const probe = (fields: object) =>
  `kk patch deployment hellok8s-go-http -p '${JSON.stringify({
    spec: { template: { spec: { containers: [{ name: 'hellok8s', livenessProbe: fields }] } } },
  })}'`

export default {
  'be-patient': {
    right: {
      'it asks less often': [
        `sed -i 's/periodSeconds: 3/periodSeconds: 25/' ${liveness}`,
        `kk apply -f ${liveness}`,
        120,
      ],
      'it bears more failures': [
        `sed -i 's/periodSeconds: 3/periodSeconds: 3\\n            failureThreshold: 20/' ${liveness}`,
        `kk apply -f ${liveness}`,
        120,
      ],
      'it begins later': [
        `sed -i 's/initialDelaySeconds: 3/initialDelaySeconds: 70/' ${liveness}`,
        `kk apply -f ${liveness}`,
        120,
      ],
      'by patch, after it has been restarting for a while': [
        `kk apply -f ${liveness}`,
        60,
        probe({ failureThreshold: 25 }),
        150,
      ],
    },
    wrong: {
      'as it was': [`kk apply -f ${liveness}`, 300],
      'a little more patience only': [
        `sed -i 's/periodSeconds: 3/periodSeconds: 6/' ${liveness}`,
        `kk apply -f ${liveness}`,
        300,
      ],
      'another path, which always answers well': [
        `sed -i 's,/healthz,/,' ${liveness}`,
        `kk apply -f ${liveness}`,
        300,
      ],
      'no probe at all': [`kk apply -f ${liveness}`, probe({ $patch: 'delete' }), 300],
      'another image': [`sed -i 's/:liveness/:v2/' ${liveness}`, `kk apply -f ${liveness}`, 300],
    },
  },
  'warm-up': {
    right: {
      'a startup probe with patience': [startup(60), 'kk apply -f pod-slow.yaml', 100],
      'after a first try that never came up': [
        'kk apply -f pod-slow.yaml',
        60,
        startup(50),
        'kk replace --force -f pod-slow.yaml',
        100,
      ],
      'a long delay in the startup probe': [
        "sed -i 's/      livenessProbe:/      startupProbe: {exec: {command: [cat, \\/tmp\\/up]}, initialDelaySeconds: 45}\\n      livenessProbe:/' pod-slow.yaml",
        'kk apply -f pod-slow.yaml',
        120,
      ],
    },
    wrong: {
      'too little patience': [startup(30), 'kk apply -f pod-slow.yaml', 300],
      'the liveness probe begins later instead': [
        "sed -i 's/periodSeconds: 5/periodSeconds: 5\\n        initialDelaySeconds: 60/' pod-slow.yaml",
        'kk apply -f pod-slow.yaml',
        200,
      ],
      'a startup probe that is always satisfied': [
        'sed -i \'s/      livenessProbe:/      startupProbe: {exec: {command: ["true"]}}\\n      livenessProbe:/\' pod-slow.yaml',
        'kk apply -f pod-slow.yaml',
        200,
      ],
      'without a liveness probe': ["sed '/livenessProbe/,$d' pod-slow.yaml | kk apply -f -", 200],
    },
  },
  'wrong-door': {
    right: {
      'the right port in the file': [`sed -i 's/8080/3000/' ${broken}`, `kk apply -f ${broken}`, 90],
      'by patch': [probe({ httpGet: { port: 3000 } }), 90],
      'a TCP probe instead': [probe({ httpGet: null, tcpSocket: { port: 3000 } }), 90],
      'the port by its name': [
        `sed -i 's/8080/web/; s/image: .*/&\\n          ports: [{name: web, containerPort: 3000}]/' ${broken}`,
        `kk apply -f ${broken}`,
        90,
      ],
    },
    wrong: {
      'the probe is taken away': [probe({ $patch: 'delete' }), 120],
      'more patience with the wrong port': [probe({ failureThreshold: 60 }), 200],
      'pods that have not met the right port yet': [
        probe({ failureThreshold: 60 }),
        90,
        'kk patch deployment hellok8s-go-http -p \'{"spec":{"paused":true}}\'',
        probe({ httpGet: { port: 3000 } }),
        20,
      ],
      'the right port, but not for an hour': [
        probe({ httpGet: { port: 3000 }, initialDelaySeconds: 3600 }),
        120,
      ],
      'the right port, with patience without end': [
        probe({ httpGet: { port: 3000 }, failureThreshold: 1000 }),
        120,
      ],
      'another program': [
        'kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v1',
        probe({ httpGet: { port: 3000 } }),
        120,
      ],
      'a restart of everything': ['kk rollout restart deployment/hellok8s-go-http', 120],
      'looked at too soon': [probe({ httpGet: { port: 3000 } }), 30],
    },
  },
}
