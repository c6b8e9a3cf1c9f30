// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const stop = "ssh k8s-node1 'crictl stop $(crictl ps -q --name hello)'"
const local = 'kk run local --image=httpd --image-pull-policy=Never'

export default {
  'new-container': {
    right: {
      'crictl, twice': [stop, 20, stop, 30],
      'crictl and patience': [stop, 300, stop, 60],
      'from inside, by a signal': [
        'kk exec hello -- sh -c "kill 1"',
        20,
        'kk exec hello -- sh -c "kill 1"',
        30,
      ],
    },
    wrong: {
      once: [stop, 60],
      'the pod is deleted and made anew': [
        'kk delete pod hello',
        'kk run hello --image=nginx',
        20,
        stop,
        20,
        stop,
        60,
      ],
      'a patch that starts another image once': ['kk set image pod/hello hello=httpd', 90],
      'nobody starts it while the kubelet is stopped': [
        stop,
        20,
        'ssh k8s-node1 systemctl stop kubelet',
        stop,
        60,
      ],
      'another container': [
        "ssh k8s-node1 'crictl stop $(crictl ps -q --name coredns)'",
        20,
        "ssh k8s-node1 'crictl stop $(crictl ps -q --name coredns)'",
        60,
      ],
    },
  },
  'brought-along': {
    right: {
      'pulled, then run': ['ssh k8s-node1 crictl pull httpd', local, 20],
      'run, then pulled': [local, 10, 'ssh k8s-node1 crictl pull httpd', 60],
      'another pod brings the image': ['kk run other --image=httpd', 20, local, 20],
    },
    wrong: {
      'nobody has brought it': [local, 120],
      'pulled on the other node': ['ssh k8s-master crictl pull httpd', local, 120],
      'it may be pulled, then': ['kk run local --image=httpd', 60],
      'another image': [
        'ssh k8s-node1 crictl pull nginx',
        'kk run local --image=nginx --image-pull-policy=Never',
        60,
      ],
    },
  },
  'not-ready': {
    right: {
      'start containerd': ['ssh k8s-node1 systemctl start containerd', 150],
      'restart both': ['ssh k8s-node1 systemctl restart containerd kubelet', 150],
      'first the wrong one': [
        'ssh k8s-node1 systemctl restart kubelet',
        60,
        'ssh k8s-node1 systemctl restart containerd',
        150,
      ],
    },
    wrong: {
      'the kubelet is not to blame': ['ssh k8s-node1 systemctl restart kubelet', 300],
      'on the wrong machine': ['ssh k8s-master systemctl restart containerd', 300],
      'a new pod has nowhere to go either': ['kk delete pod late --force', 'kk run late --image=nginx', 300],
      'uncordon changes nothing': ['kk uncordon k8s-node1', 300],
    },
  },
}
