// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const name = 'hellok8s-go-http'
const image = `kk set image deployment/${name} hellok8s=leigg/hellok8s:v2`
const env = `kk set env deployment/${name} MODE=test`
const cpu = `kk set resources deployment/${name} --requests=cpu=50m`
const pause = `kk rollout pause deployment/${name}`
const resume = `kk rollout resume deployment/${name}`
const patch = (spec: object) => `kk patch deployment ${name} -p '${JSON.stringify({ spec })}'`

export default {
  'half-and-half': {
    right: {
      'both scaled at once': [`kk scale deployment ${name} ${name}-canary --replicas=2`, 10],
      'by file': [
        "sed -i 's/replicas: .*/replicas: 2/' deployment-stable.yaml deployment-canary.yaml",
        'kk apply -f deployment-stable.yaml -f deployment-canary.yaml',
        10,
      ],
      'one after the other': [
        `kk scale deployment ${name}-canary --replicas=2`,
        5,
        `kk scale deployment ${name} --replicas=2`,
        5,
      ],
    },
    wrong: {
      'both groups on v2': [image, `kk scale deployment ${name} ${name}-canary --replicas=2`, 20],
      'no Service': [
        'kk delete service hellok8s',
        `kk scale deployment ${name} ${name}-canary --replicas=2`,
        10,
      ],
      'a Service of one track': [
        'kk set selector service hellok8s app=hellok8s,track=stable',
        `kk scale deployment ${name} ${name}-canary --replicas=2`,
        10,
      ],
      'three and three': [`kk scale deployment ${name}-canary --replicas=3`, 10],
    },
  },
  'all-in-one': {
    right: {
      'paused meanwhile': [pause, image, env, cpu, resume, 15],
      'one patch': [
        patch({
          template: {
            spec: {
              containers: [
                {
                  name: 'hellok8s',
                  image: 'leigg/hellok8s:v2',
                  env: [{ name: 'MODE', value: 'test' }],
                  resources: { requests: { cpu: '50m' } },
                },
              ],
            },
          },
        }),
        15,
      ],
      'after a false start that was taken back': [
        image,
        15,
        `kk rollout undo deployment/${name}`,
        20,
        pause,
        image,
        env,
        cpu,
        resume,
        15,
      ],
      'in the file': [
        "sed -i 's/:v1/:v2/' deployment-three.yaml",
        "printf '          env: [{name: MODE, value: test}]\\n          resources: {requests: {cpu: 50m}}\\n' >> deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        15,
      ],
    },
    wrong: {
      'one after the other': [image, 15, env, 15, cpu, 15],
      'paused after the first': [image, 5, pause, env, cpu, resume, 20],
      'never resumed': [pause, image, env, cpu, 30],
      'the variable is forgotten': [pause, image, cpu, resume, 15],
    },
  },
  forgotten: {
    right: {
      resume: [resume, 20],
      'by patch': [patch({ paused: false }), 20],
      'applied once more, then resumed': ['kk apply -f deployment-three.yaml', 5, resume, 20],
    },
    wrong: {
      'applied once more': ['kk apply -f deployment-three.yaml', 60],
      'a restart is refused': [`kk rollout restart deployment/${name}`, 60],
      'deleted and made anew': [`kk delete deployment ${name}`, 'kk apply -f deployment-three.yaml', 20],
      'the pods deleted: they come back old': ['kk delete pods -l app=hellok8s', 30, resume, 20],
    },
  },
}
