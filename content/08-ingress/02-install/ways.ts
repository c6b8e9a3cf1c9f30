// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const mirror = 'docker.io/anjia0532/google-containers.ingress-nginx'
const certgen = 'kube-webhook-certgen:v1.6.5'
const controller = 'controller:v1.14.1'
const names = `sed -i 's#registry.k8s.io/ingress-nginx/#${mirror}.#' nginx-ingress.yaml`
const apply = 'kk apply -f nginx-ingress.yaml'
const ctr = (command: string, space = '-n k8s.io ') => `ssh k8s-node1 ctr ${space}image ${command}`
const pull = (image: string, space?: string) => ctr(`pull ${mirror}.${image}`, space)
const tag = (image: string, space?: string) =>
  ctr(`tag ${mirror}.${image} registry.k8s.io/ingress-nginx/${image}`, space)
const deployment = '-n ingress-nginx deployment ingress-nginx-controller'
const deleteJob = 'kk delete job -n ingress-nginx ingress-nginx-admission-create'

export default {
  'by-mirror': {
    right: {
      'names in the file': [names, apply, 60],
      'applied first, the Job made anew': [apply, 30, names, deleteJob, apply, 180],
      'pulled to the node, and given the name': [
        pull(certgen),
        tag(certgen),
        pull(controller),
        tag(controller),
        apply,
        60,
      ],
    },
    wrong: {
      'applied and waited': [apply, 400],
      "into ctr's own namespace": [
        pull(certgen, ''),
        tag(certgen, ''),
        pull(controller, ''),
        tag(controller, ''),
        apply,
        400,
      ],
      'the Deployment alone has another image': [
        apply,
        `kk set image ${deployment} controller=${mirror}.${controller}`,
        400,
      ],
      'pulled under the name of the mirror only': [pull(certgen), pull(controller), apply, 400],
    },
  },
  'file-untouched': {
    right: {
      'pulled and named, then applied': [
        pull(certgen),
        tag(certgen),
        pull(controller),
        tag(controller),
        apply,
        60,
      ],
      'applied first, and patience': [
        apply,
        30,
        pull(certgen),
        tag(certgen),
        pull(controller),
        tag(controller),
        590,
      ],
      'pods made anew instead of patience': [
        apply,
        30,
        pull(certgen),
        tag(certgen),
        pull(controller),
        tag(controller),
        'kk delete pods -n ingress-nginx --all',
        60,
      ],
    },
    wrong: {
      'the names changed after all': [names, apply, 60],
      'one of the two images': [pull(controller), tag(controller), apply, 400],
      'named in the wrong containerd namespace': [
        pull(certgen, ''),
        tag(certgen, ''),
        pull(controller, ''),
        tag(controller, ''),
        apply,
        400,
      ],
      'on the other node': [
        ...[certgen, controller].flatMap(image =>
          [pull(image), tag(image)].map(each => each.replace('k8s-node1', 'k8s-master')),
        ),
        apply,
        400,
      ],
    },
  },
  creating: {
    right: {
      'apply brings the Job back': [apply, 150],
      'apply, and a pod that does not wait': [apply, 10, 'kk delete pods -n ingress-nginx --all', 60],
      'everything anew': ['kk delete namespace ingress-nginx', apply, 60],
    },
    wrong: {
      'the pod made anew': ['kk delete pods -n ingress-nginx --all', 60],
      'a restart': [`kk rollout restart ${deployment}`, 60],
      'an empty Secret of that name': [
        'kk create secret generic -n ingress-nginx ingress-nginx-admission',
        150,
      ],
    },
  },
}
