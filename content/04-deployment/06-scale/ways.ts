// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const name = 'hellok8s-go-http'
const scale = (replicas: number) => `kk scale deployment/${name} --replicas=${replicas}`
const oldest = '$(kk get pods -o name --sort-by=.metadata.creationTimestamp | head -n 1)'
const cost = (value: number, pods = oldest) =>
  `kk annotate --overwrite ${pods} controller.kubernetes.io/pod-deletion-cost=${value}`
const cpu = (request: string) => `kk set resources deployment/${name} --requests=cpu=${request}`

export default {
  'busy-sunday': {
    right: {
      scale: [scale(6), 10],
      patch: [`kk patch deployment ${name} -p '{"spec":{"replicas":6}}'`, 10],
      'by file, after going too far': [
        scale(9),
        10,
        "sed -i 's/replicas: 3/replicas: 6/' deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        10,
      ],
    },
    wrong: {
      'a new image with it': [
        "sed -i 's/replicas: 3/replicas: 6/; s/:v1/:v2/' deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        20,
      ],
      'through zero': [scale(0), 10, scale(6), 10],
      'five of six': [scale(5), 10],
      'a restart on the way': [`kk rollout restart deployment/${name}`, 20, scale(6), 20],
    },
  },
  'pick-the-victim': {
    right: {
      'a low cost for the oldest': [cost(-10), scale(4), 10],
      'a high cost for all the others': [cost(100, 'pods -l app=hellok8s'), cost(0), scale(4), 10],
      'more of them first': [scale(7), 10, scale(5), 10, cost(-1), scale(4), 10],
    },
    wrong: {
      'no annotation: it is the last to go': [scale(4), 10],
      'a high cost for the oldest': [cost(10), scale(4), 10],
      'deleted by hand': [`kk delete ${oldest}`, 5, scale(4), 10],
      'scaled first, deleted afterwards': [scale(4), 5, `kk delete ${oldest}`, 10],
    },
  },
  'no-place': {
    right: {
      'smaller, with room made first': [scale(2), 5, cpu('300m'), 15, scale(5), 15],
      'smaller, and old pods may go first': [
        `kk patch deployment ${name} -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":"100%"}}}}'`,
        cpu('350m'),
        30,
      ],
      'deleted and made anew with less': [
        `kk delete deployment ${name}`,
        5,
        "sed -i 's/600m/250m/; s/replicas: 3/replicas: 5/' deployment-big.yaml",
        'kk apply -f deployment-big.yaml',
        15,
      ],
    },
    wrong: {
      'nothing is asked for any more': [
        scale(2),
        5,
        `kk patch deployment ${name} --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/resources"}]'`,
        15,
        scale(5),
        15,
      ],
      'three are enough': [scale(3), 30],
      'smaller, but the old ones are in the way': [cpu('300m'), 120],
      'much too small': [scale(2), 5, cpu('10m'), 15, scale(5), 15],
    },
  },
}
