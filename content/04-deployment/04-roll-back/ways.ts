// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const file = 'deployment-three.yaml'
const release = (tag: string) => `kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:${tag}`
const undo = 'kk rollout undo deployment/hellok8s-go-http'
const patience = (seconds: number) =>
  `kk patch deployment hellok8s-go-http -p '{"spec":{"minReadySeconds":${seconds}}}'`

export default {
  'all-the-way': {
    right: {
      'to revision 1': [`${undo} --to-revision=1`, 20],
      'the old image once more': [release('v1'), 20],
      'the file, which never changed': [`kk apply -f ${file}`, 20],
      'one step first, then the rest': [undo, 10, `${undo} --to-revision=1`, 20],
    },
    wrong: {
      'one step only': [undo, 20],
      'two times one step: there and back': [undo, 15, undo, 60],
      'the bad pods deleted': ['kk delete pods -l app=hellok8s', 60],
      'deleted and made anew': ['kk delete deployment hellok8s-go-http', 5, `kk apply -f ${file}`, 20],
    },
  },
  'stop-the-bad-release': {
    right: {
      'minReadySeconds by patch': [patience(10), 5, release('v2_problem'), 40],
      'in the file, together with the image': [
        `sed -i 's/replicas: 3/replicas: 3\\n  minReadySeconds: 5/; s/:v1/:v2_problem/' ${file}`,
        `kk apply -f ${file}`,
        40,
      ],
      'a readiness probe that begins late': [
        `kk patch deployment hellok8s-go-http -p '{"spec":{"template":{"spec":{"containers":[{"name":"hellok8s","image":"leigg/hellok8s:v2_problem","readinessProbe":{"tcpSocket":{"port":3000},"initialDelaySeconds":5}}]}}}}'`,
        60,
      ],
      'after a release that was broken and rolled back': [
        release('v2_problem'),
        20,
        undo,
        15,
        patience(10),
        5,
        release('v2_problem'),
        40,
      ],
    },
    wrong: {
      'released as before': [release('v2_problem'), 120],
      'paused: nothing is being released': [
        `${release('v2_problem')}; kk rollout pause deployment/hellok8s-go-http`,
        90,
      ],
      'another image, which does not even start': [patience(10), release('v2_broken'), 90],
      'ten replicas, so that three are left': [
        'kk scale deployment/hellok8s-go-http --replicas=10',
        15,
        release('v2_problem'),
        90,
      ],
    },
  },
  friday: {
    right: {
      'undo, then the file': [undo, 15, `sed -i 's/_problem//' ${file}`, `kk apply -f ${file}`, 5],
      'the file alone': [`sed -i 's/:v2_problem/:v2/' ${file}`, `kk apply -f ${file}`, 20],
      'a word why behind the image': [
        `sed -i 's/:v2_problem/:v2  # back on Friday/' ${file}`,
        `kk apply -f ${file}`,
        20,
      ],
      'the file first, the cluster by set image, apply at last': [
        `sed -i 's/:v2_problem/:v2/' ${file}`,
        release('v2'),
        20,
        `kk apply -f ${file}`,
        5,
      ],
    },
    wrong: {
      'undo leaves the file as it was': [undo, 30],
      'the file corrected and never applied': [undo, 15, `sed -i 's/_problem//' ${file}`, 20],
      'back to v1': [`sed -i 's/:v2_problem/:v1/' ${file}`, `kk apply -f ${file}`, 30],
      'undone, then the bad file applied again': [undo, 15, `kk apply -f ${file}`, 60],
    },
  },
}
