// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const manifests = '/etc/kubernetes/manifests'
const away = (component: string) => `ssh k8s-master mv ${manifests}/${component}.yaml /root/`
const back = (component: string) => `ssh k8s-master mv /root/${component}.yaml ${manifests}/`
const manager = 'kube-controller-manager'
const byHand = (node: string) => `kk run by-hand --image=nginx --overrides='{"spec":{"nodeName":"${node}"}}'`

export default {
  'nobody-counts': {
    right: {
      'as in the lesson': [away(manager), 30, 'kk delete pod -l app=web', 30, back(manager), 30],
      'one pod is enough': [
        away(manager),
        30,
        "kk delete pod $(kk get pods -l app=web -o jsonpath='{.items[0].metadata.name}')",
        25,
        back(manager),
        30,
      ],
      'from scratch on the node': [
        `ssh k8s-master "cp ${manifests}/${manager}.yaml /root/keep.yaml && rm ${manifests}/${manager}.yaml"`,
        30,
        'kk delete pods --all',
        40,
        `ssh k8s-master cp /root/keep.yaml ${manifests}/${manager}.yaml`,
        30,
      ],
    },
    wrong: {
      'with the controllers at work there is no gap': ['kk delete pod -l app=web', 60],
      'stopped and started, nothing deleted': [away(manager), 60, back(manager), 60],
      'fewer wanted is no gap': [
        'kk scale deployment web --replicas=0',
        60,
        'kk scale deployment web --replicas=2',
        30,
      ],
      'never brought back': [away(manager), 30, 'kk delete pod -l app=web', 120],
      'too short a look': [away(manager), 30, 'kk delete pod -l app=web', 3, back(manager), 60],
    },
  },
  'by-hand': {
    right: {
      'run with nodeName': [byHand('k8s-node1'), 20],
      'the control plane takes it, for nobody asks about taints': [byHand('k8s-master'), 20],
      'a manifest': [
        `printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: by-hand}\\nspec: {nodeName: k8s-node1, containers: [{name: c, image: nginx}]}\\n' | kk apply -f -`,
        20,
      ],
      'bound as a scheduler would bind it': [
        'kk run by-hand --image=nginx',
        `printf 'apiVersion: v1\\nkind: Binding\\nmetadata: {name: by-hand}\\ntarget: {kind: Node, name: k8s-node1}\\n' | kk create -f -`,
        20,
      ],
    },
    wrong: {
      'a static pod bears the name of its node': [
        `kk run by-hand --image=nginx --dry-run=client -o yaml | ssh k8s-node1 tee /etc/kubernetes/manifests/by-hand.yaml`,
        30,
      ],
      'nobody places it': ['kk run by-hand --image=nginx', 120],
      'the scheduler is brought back': [back('kube-scheduler'), 'kk run by-hand --image=nginx', 60],
      'a node that there is not': [byHand('k8s-node2'), 60],
      'a wish is no assignment': [
        `kk run by-hand --image=nginx --overrides='{"spec":{"nodeSelector":{"kubernetes.io/hostname":"k8s-node1"}}}'`,
        60,
      ],
    },
  },
  'never-placed': {
    right: {
      'the option is taken out': [
        `ssh k8s-master "sed -i '/leader-elekt/d' ${manifests}/kube-scheduler.yaml"`,
        90,
      ],
      'the option is spelt right': [
        `ssh k8s-master "sed -i 's/leader-elekt/leader-elect/' ${manifests}/kube-scheduler.yaml"`,
        90,
      ],
      'moved out, mended, moved in': [
        away('kube-scheduler'),
        `ssh k8s-master "sed -i '/leader-elekt/d' /root/kube-scheduler.yaml"`,
        back('kube-scheduler'),
        90,
      ],
    },
    wrong: {
      'the pod is placed by hand, the scheduler stays ill': [
        'kk delete pod waiting',
        `kk run waiting --image=nginx --overrides='{"spec":{"nodeName":"k8s-node1"}}'`,
        120,
      ],
      'the mirror pod is deleted': ['kk delete pod -n kube-system kube-scheduler-k8s-master', 120],
      'another pod instead': ['kk delete pod waiting', 'kk run waiting --image=nginx', 120],
      'the kubelet is restarted': ['ssh k8s-master systemctl restart kubelet', 120],
    },
  },
}
