// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const etcd = '/etc/kubernetes/manifests/etcd.yaml'
const away = `ssh k8s-master mv ${etcd} /root/`
const back = `ssh k8s-master mv /root/etcd.yaml ${etcd}`
const crash = "ssh k8s-node1 'crictl stop $(crictl ps -q --name hello | head -1)'"
const four = 'kk scale deployment hello --replicas=4'

export default {
  unheard: {
    right: {
      'etcd away, a container stopped, etcd back': [away, 40, crash, 30, back, 60],
      'both containers': [away, 40, "ssh k8s-node1 'crictl stop $(crictl ps -q --name hello)'", 60, back, 90],
      'a much longer silence': [away, 40, crash, 600, back, 90],
    },
    wrong: {
      'with etcd there it is told at once': [crash, 60],
      'stopped before, not during': [crash, 30, away, 60, back, 60],
      'etcd stopped, nothing happened': [away, 60, back, 60],
      'a pod deleted with etcd there is another pod': ['kk delete pod -l app=hello', 60],
      'etcd never comes back': [away, 40, crash, 120],
    },
  },
  'no-book': {
    right: {
      'back with its manifest, then scaled': [back, 40, four, 40],
      'a copy, and a patch': [
        `ssh k8s-master cp /root/etcd.yaml ${etcd}`,
        60,
        `kk patch deployment hello -p '{"spec":{"replicas":4}}'`,
        40,
      ],
      'from the manifest of the lesson': [
        back,
        40,
        "sed 's/replicas: 1/replicas: 4/' deployment.yaml | kk apply -f -",
        40,
      ],
    },
    wrong: {
      'nothing can be written down': [four, 120],
      'it starts no API server': ['ssh k8s-master systemctl restart kubelet', four, 120],
      'back, and not scaled': [back, 120],
      'files that begin with a dot are not read': [
        `ssh k8s-master mv /root/etcd.yaml /etc/kubernetes/manifests/.etcd.yaml`,
        60,
        four,
        120,
      ],
    },
  },
}
