// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const file = 'daemonset-story-broken.yaml'
const shop = 'deployment/hellok8s-go-http'
const mended = [`sed -i 's/master$/control-plane/; /nodeSelector/,+1d' ${file}`, `kk apply -f ${file}`, 40]
const three = [`kk scale ${shop} --replicas=3`, 15]
const budget = (least: number) => [
  `kk create pdb greeters --selector=app=hellok8s --min-available=${least}`,
  5,
]
const drain = ['kk drain k8s-node1 --ignore-daemonsets', 70]
const uncordon = ['kk uncordon k8s-node1', 5]

export default {
  evening: {
    right: {
      'agents first, then a budget and one more greeter': [
        ...mended,
        ...budget(2),
        ...three,
        ...drain,
        ...uncordon,
      ],
      'cordon, restart elsewhere, drain; agents at the end': [
        'kk cordon k8s-node1',
        `kk rollout restart ${shop}`,
        `kk rollout status ${shop}`,
        5,
        ...drain,
        ...uncordon,
        ...mended,
      ],
      'an agent that tolerates everything, by the patch': [
        `kk patch ds log-agent -p '{"spec":{"template":{"spec":{"nodeSelector":null,"tolerations":[{"operator":"Exists"}]}}}}'`,
        40,
        ...three,
        ...budget(2),
        ...drain,
        ...uncordon,
      ],
    },
    wrong: {
      'drained as it is': [...mended, ...drain, ...uncordon],
      'a budget of one': [...mended, ...budget(1), ...drain, ...uncordon],
      'labels for the nodes of today': [
        `sed -i 's/master$/control-plane/' ${file}`,
        `kk apply -f ${file}`,
        'kk label node k8s-master k8s-node2 logs=collected',
        40,
        ...three,
        ...budget(2),
        ...drain,
        ...uncordon,
      ],
      'the control plane loses its taint': [
        `sed -i '/nodeSelector/,+1d' ${file}`,
        `kk apply -f ${file}`,
        'kk taint node k8s-master node-role.kubernetes.io/control-plane-',
        40,
        ...three,
        ...budget(2),
        ...drain,
        ...uncordon,
      ],
      'the control plane is forgotten': [
        `sed -i '/nodeSelector/,+1d' ${file}`,
        `kk apply -f ${file}`,
        40,
        ...three,
        ...budget(2),
        ...drain,
        ...uncordon,
      ],
      'never taken back': [...mended, ...three, ...budget(2), ...drain],
      'a budget that lets nobody go': [
        ...mended,
        ...budget(2),
        'kk drain k8s-node1 --ignore-daemonsets --timeout=60s',
        60,
        ...uncordon,
      ],
    },
  },
}
