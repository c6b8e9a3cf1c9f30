// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const file = 'deployment-rolling.yaml'
const release = 'kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v2'
const undo = 'kk rollout undo deployment/hellok8s-go-http'
const pace = (maxSurge: number | string, maxUnavailable: number | string) =>
  `kk patch deployment hellok8s-go-http -p '${JSON.stringify({ spec: { strategy: { rollingUpdate: { maxSurge, maxUnavailable } } } })}'`
const recreate = `kk patch deployment hellok8s-go-http -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'`

export default {
  'never-less-than-wanted': {
    right: {
      'strategy by patch, then the image': [pace(2, 0), release, 15],
      'both in one apply': [
        `sed -i 's/maxSurge: 1/maxSurge: 2/; s/maxUnavailable: 1/maxUnavailable: 0/; s/:v1/:v2/' ${file}`,
        `kk apply -f ${file}`,
        15,
      ],
      'in percent, rounded as the controller rounds': [pace('50%', '25%'), release, 15],
      'after a false start that was taken back': [release, 15, undo, 15, pace(2, 0), release, 15],
    },
    wrong: {
      'the image first': [release, 1, pace(2, 0), 15],
      'the strategy alone': [pace(2, 0), 15],
      'updated at the old pace, the numbers changed afterwards': [release, 15, pace(2, 0), 5],
      'three more instead of two': [pace('100%', 0), release, 15],
    },
  },
  'no-room': {
    right: {
      'none more, two fewer': [pace(0, 2), release, 60],
      'in percent': [pace(0, '20%'), release, 60],
      'one at a time': [pace('0%', 1), release, 90],
      'strategy and image in one manifest': [
        `sed 's/replicas: 3/replicas: 10/; s/maxSurge: 1/maxSurge: 0/; s/maxUnavailable: 1/maxUnavailable: 2/; s/:v1/:v2/' ${file} | kk apply -f -`,
        60,
      ],
    },
    wrong: {
      'the defaults want three more': [release, 60],
      'stop first: nobody is available': [recreate, release, 60],
      'three fewer': [pace(0, 3), release, 60],
      'eight replicas instead': ['kk scale deployment/hellok8s-go-http --replicas=8', 10, release, 60],
    },
  },
  stuck: {
    right: {
      'one fewer is allowed': [pace(1, 1), 40],
      'none more, one fewer': [pace(0, 1), 40],
      'two for a while: then the fourth has room': [
        'kk scale deployment/hellok8s-go-http --replicas=2',
        30,
        'kk scale deployment/hellok8s-go-http --replicas=3',
        30,
      ],
      'room on the other node': ['kk taint nodes k8s-master node-role.kubernetes.io/control-plane-', 60],
      'the file, then apply': [
        "sed -i 's/maxUnavailable: 0/maxUnavailable: 1/; s/:v1/:v2/' deployment-big.yaml",
        'kk apply -f deployment-big.yaml',
        40,
      ],
    },
    wrong: {
      'stop first: nobody is available': [recreate, 60],
      'asking for less': ['kk set resources deployment/hellok8s-go-http --requests=cpu=100m', 60],
      'scaled to two: one pod fewer for good': ['kk scale deployment/hellok8s-go-http --replicas=2', 60],
      'the waiting pod deleted: another one waits': [
        'kk delete pods --field-selector=status.phase=Pending',
        60,
      ],
    },
  },
}
