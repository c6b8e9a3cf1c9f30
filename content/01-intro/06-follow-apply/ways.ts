// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const manifests = '/etc/kubernetes/manifests'
const shop = "sed 's/hello$/shop/; s/replicas: 1/replicas: 3/' deployment.yaml | kk apply -f -"
const homeless = `kk run homeless --image=nginx --overrides='{"spec":{"nodeSelector":{"disk":"ssd"}}}'`
const empty = 'kk run empty --image=ngnix'

export default {
  'all-the-way': {
    right: {
      'the manifest under another name': [shop, 30],
      'create, then expose': [
        'kk create deployment shop --image=leigg/hellok8s:v1 --replicas=3',
        'kk expose deployment shop --port=80 --target-port=3000',
        30,
      ],
      'one first, then three': [
        "sed 's/hello$/shop/' deployment.yaml | kk apply -f -",
        20,
        'kk scale deployment shop --replicas=3',
        30,
      ],
    },
    wrong: {
      'one replica': ["sed 's/hello$/shop/' deployment.yaml | kk apply -f -", 60],
      'no Service in front': ['kk create deployment shop --image=nginx --replicas=3', 60],
      'a Service that selects nothing': [
        'kk create deployment shop --image=nginx --replicas=3',
        'kk create service clusterip shop-web --tcp=80',
        60,
      ],
      'the image cannot be pulled': [shop.replace('| kk', "| sed 's/hellok8s/helok8s/' | kk"), 90],
    },
  },
  'stuck-on-purpose': {
    right: {
      'a label that no node has; an image that there is not': [homeless, empty, 40],
      'more CPU than any node has': [
        `kk run homeless --image=nginx --overrides='{"spec":{"containers":[{"name":"homeless","image":"nginx","resources":{"requests":{"cpu":"64"}}}]}}'`,
        'kk run empty --image=leigg/hellok8s:v999',
        40,
      ],
      'one after the other, much later': [empty, 300, homeless, 60],
    },
    wrong: {
      'both have what they need': ['kk run homeless --image=nginx', 'kk run empty --image=nginx', 60],
      'named by hand: it has a node, of a sort': [
        `kk run homeless --image=nginx --overrides='{"spec":{"nodeName":"k8s-node9"}}'`,
        empty,
        60,
      ],
      'both stop at the image': ['kk run homeless --image=ngnix', empty, 60],
      'it crashes, which is a station further': [homeless, 'kk run empty --image=busybox:1.28 -- false', 60],
    },
  },
  halfway: {
    right: {
      'the manifest goes back': [`ssh k8s-master mv /root/kube-controller-manager.yaml ${manifests}/`, 40],
      'a copy of it will do': [`ssh k8s-master cp /root/kube-controller-manager.yaml ${manifests}/`, 40],
      'applied once more, then back': [
        'kk apply -f deployment.yaml',
        `ssh k8s-master mv /root/kube-controller-manager.yaml ${manifests}/`,
        40,
      ],
    },
    wrong: {
      'apply again': ['kk apply -f deployment.yaml', 120],
      'a pod by hand': ['kk run hello --image=leigg/hellok8s:v1 --labels=app=hello', 120],
      'the kubelet is restarted': ['ssh k8s-master systemctl restart kubelet', 120],
      'deleted and created': [
        'kk delete deployment hello --cascade=orphan',
        'kk apply -f deployment.yaml',
        120,
      ],
    },
  },
}
