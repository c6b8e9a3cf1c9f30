// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const name = 'hellok8s-go-http'
const bounds =
  "sed 's/minReplicas: 2/minReplicas: 3/; s/maxReplicas: 8/maxReplicas: 6/; s/averageUtilization: 50/averageUtilization: 60/' hpa.yaml"

export default {
  'own-bounds': {
    right: {
      autoscale: [`kk autoscale deployment/${name} --min=3 --max=6 --cpu=60%`, 90],
      'the manifest, changed': [`${bounds} | kk apply -f -`, 90],
      'the manifest as it is, then a patch': [
        'kk apply -f hpa.yaml',
        30,
        `kk patch hpa hellok8s -p '{"spec":{"minReplicas":3,"maxReplicas":6}}'`,
        `${bounds} | kk apply -f -`,
        90,
      ],
    },
    wrong: {
      'the bounds of the file': ['kk apply -f hpa.yaml', 120],
      'scaled by hand': [`kk scale deployment/${name} --replicas=3`, 120],
      'for a Deployment that does not exist': [`${bounds} | sed 's/${name}/hellok8s/' | kk apply -f -`, 120],
      'another target': [`kk autoscale deployment/${name} --min=3 --max=6 --cpu=80%`, 120],
    },
  },
  unknown: {
    right: {
      'a request by command': [`kk set resources deployment/${name} --requests=cpu=100m`, 120],
      'the manifest that has one': ['kk apply -f deployment-hpa.yaml', 120],
      'a target in cores needs no request': [
        `kk patch hpa hellok8s --type=json -p '[{"op":"replace","path":"/spec/metrics/0/resource/target","value":{"type":"AverageValue","averageValue":"50m"}}]'`,
        60,
      ],
      'by patch': [
        `kk patch deployment ${name} -p '{"spec":{"template":{"spec":{"containers":[{"name":"hellok8s","resources":{"requests":{"cpu":"50m"}}}]}}}}'`,
        120,
      ],
    },
    wrong: {
      'the autoscaler made anew': ['kk delete hpa hellok8s', 'kk apply -f hpa.yaml', 180],
      'memory instead of CPU': [`kk set resources deployment/${name} --requests=memory=64Mi`, 180],
      'new pods alone': [`kk rollout restart deployment/${name}`, 180],
    },
  },
}
