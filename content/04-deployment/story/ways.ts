// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const deployment = 'deployment/hellok8s-go-http'
const file = 'deployment-three.yaml'
const release = (tag: string) => `kk set image ${deployment} hellok8s=leigg/hellok8s:${tag}`
const undo = `kk rollout undo ${deployment}`
const apply = `kk apply -f ${file}`
const patience = `kk patch ${deployment} -p '{"spec":{"minReadySeconds":10}}'`
const addProbe = (path = '/healthz') =>
  `printf '          readinessProbe:\\n            httpGet: {path: ${path}, port: 3000}\\n' >> ${file}`
const fileTo = (tag: string) => `sed -i 's/:v1$/:${tag}/' ${file}`
const bad = [release('v2_problem'), 40, undo, 30]
const good = [addProbe(), apply, 40, fileTo('v2'), apply, 60]

export default {
  day: {
    right: {
      'ten seconds of patience, then the day as planned': [patience, ...bad, ...good],
      'one pod of it, paused; resume and undo on one line': [
        `${release('v2_problem')}; kk rollout pause ${deployment}`,
        20,
        `kk rollout resume ${deployment}; ${undo}`,
        30,
        ...good,
      ],
      'the probe first: it stops the bad version too': [
        addProbe(),
        apply,
        60,
        ...bad,
        fileTo('v2'),
        apply,
        60,
      ],
      'all by the file, probe and good image at once': [
        "sed -i 's/replicas: 3/replicas: 3\\n  minReadySeconds: 15/; s/:v1$/:v2_problem/' deployment-three.yaml",
        apply,
        40,
        "sed -i 's/:v2_problem/:v1/' deployment-three.yaml",
        apply,
        40,
        addProbe(),
        fileTo('v2'),
        apply,
        120,
      ],
    },
    wrong: {
      'released as it is: the old ones go': [release('v2_problem'), 60, undo, 30, ...good],
      'the bad version is left out': good,
      'mended forwards, never back': [
        patience,
        release('v2_problem'),
        40,
        ...good.slice(0, 1),
        fileTo('v2'),
        apply,
        120,
      ],
      'no probe': [patience, ...bad, fileTo('v2'), apply, 60],
      'a probe that asks something else': [
        patience,
        ...bad,
        addProbe('/'),
        apply,
        40,
        fileTo('v2'),
        apply,
        60,
      ],
      'the file knows nothing of it': [patience, ...bad, addProbe(), apply, 40, release('v2'), 60],
      'deleted and made anew': [
        patience,
        ...bad,
        addProbe(),
        fileTo('v2'),
        `kk delete ${deployment}`,
        5,
        apply,
        60,
      ],
    },
  },
}
