// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const release = (tag: string) => `kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:${tag}`
const undo = 'kk rollout undo deployment/hellok8s-go-http'
const container = (fields: object) =>
  `kk patch deployment hellok8s-go-http -p '${JSON.stringify({
    spec: { template: { spec: { containers: [{ name: 'hellok8s', ...fields }] } } },
  })}'`
const probe = { readinessProbe: { httpGet: { path: '/healthz', port: 3000 } } }
const deadline = (seconds: number) =>
  `kk patch deployment hellok8s-go-http -p '{"spec":{"progressDeadlineSeconds":${seconds}}}'`

export default {
  'kept-out': {
    right: {
      'the probe first, then the image': [container(probe), 30, release('readiness'), 60],
      'both at once': [container({ ...probe, image: 'leigg/hellok8s:readiness' }), 60],
      'another manifest for the same Deployment': [
        "sed 's/v3_hostname/v1/' deployment-readiness.yaml | kk apply -f -",
        30,
        release('readiness'),
        60,
      ],
    },
    wrong: {
      'no probe: it gets through': [release('readiness'), 90],
      'the bad image first, the probe afterwards': [release('readiness'), 20, container(probe), 90],
      'a probe that asks something it answers well': [
        container({ readinessProbe: { httpGet: { path: '/', port: 3000 } } }),
        30,
        release('readiness'),
        90,
      ],
      paused: [
        container(probe),
        30,
        `${release('readiness')}; kk rollout pause deployment/hellok8s-go-http`,
        90,
      ],
    },
  },
  'one-minute': {
    right: {
      'patch, release, wait, undo': [deadline(60), release('readiness'), 75, undo, 20],
      'in the file, thirty seconds': [
        "sed -i 's/replicas: 3/replicas: 3\\n  progressDeadlineSeconds: 30/' deployment-readiness.yaml",
        'kk apply -f deployment-readiness.yaml',
        5,
        release('readiness'),
        50,
        'kk apply -f deployment-readiness.yaml',
        20,
      ],
      'the deadline is set when it is stuck already': [release('readiness'), 30, deadline(20), 60, undo, 20],
    },
    wrong: {
      'taken back before it failed': [deadline(60), release('readiness'), 20, undo, 60],
      'never taken back': [deadline(60), release('readiness'), 120],
      'ten minutes, as it was': [release('readiness'), 610, undo, 20],
      'no bad release at all': [deadline(60), 90],
    },
  },
  'too-late': {
    right: {
      'a delay of three seconds': [
        "sed -i 's/3000$/3/; s/port: 3$/port: 3000/' deployment-late.yaml",
        'kk apply -f deployment-late.yaml',
        40,
      ],
      'no delay, by patch': [container({ readinessProbe: { initialDelaySeconds: 0 } }), 40],
      'the probe written anew': [
        container({
          readinessProbe: { ...probe.readinessProbe, initialDelaySeconds: null, periodSeconds: 5 },
        }),
        40,
      ],
    },
    wrong: {
      'the probe is taken away': [container({ readinessProbe: null }), 60],
      'asking something else': [
        container({ readinessProbe: { httpGet: { path: '/', port: 3000 }, initialDelaySeconds: 0 } }),
        60,
      ],
      'still two minutes': [container({ readinessProbe: { initialDelaySeconds: 120 } }), 300],
      'waiting for the fifty minutes to pass': [1500],
    },
  },
}
