// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const manifests = '/etc/kubernetes/manifests'
const plane = `ssh k8s-master mv /root/kube-scheduler.yaml /root/kube-controller-manager.yaml ${manifests}/`
const kubelet = 'ssh k8s-node1 systemctl start kubelet'
const service = 'kk apply -f deployment.yaml'
const dns = 'kk scale deployment coredns -n kube-system --replicas=2'
const visit = (command: string) => `kk run visitor --image=busybox:1.28 -- sh -c '${command}'`
const visitor = visit('wget -qO- hello && sleep 36000')

export default {
  stations: {
    right: {
      'stop by stop': [plane, 60, kubelet, 40, service, dns, 30, visitor, 30],
      'the last ones first': [
        dns,
        `kk patch service hello -p '{"spec":{"selector":{"app":"hello"}}}'`,
        kubelet,
        plane,
        90,
        visitor,
        30,
      ],
      'the visitor is there all along and asks until it is answered': [
        visit('until wget -qO- http://hello.default; do sleep 2; done; sleep 36000'),
        plane,
        60,
        kubelet,
        service,
        dns,
        90,
      ],
      'with a semicolon, when all is well': [
        plane,
        60,
        kubelet,
        40,
        service,
        dns,
        30,
        visit('wget -qO- hello; sleep 36000'),
        30,
      ],
      'after a node was given up: its pod is made anew': [
        plane,
        420,
        kubelet,
        60,
        service,
        dns,
        30,
        visitor,
        30,
      ],
    },
    wrong: {
      'the pod is put on its node by hand': [
        `ssh k8s-master mv /root/kube-controller-manager.yaml ${manifests}/`,
        kubelet,
        60,
        `printf "apiVersion: v1\\nkind: Binding\\nmetadata: {name: $(kk get pods -o jsonpath={.items[0].metadata.name})}\\ntarget: {kind: Node, name: k8s-node1}\\n" | kk create -f -`,
        service,
        dns,
        60,
        `kk run visitor --image=busybox:1.28 --overrides='{"spec":{"nodeName":"k8s-node1"}}' -- sh -c 'wget -qO- hello && sleep 36000'`,
        60,
      ],
      'by address, past the name': [
        plane,
        60,
        kubelet,
        40,
        service,
        'kk run visitor --image=busybox:1.28 -- sh -c "wget -qO- $(kk get service hello -o jsonpath={.spec.clusterIP}) && sleep 36000"',
        60,
      ],
      'the list is empty, for the Service selects something else': [
        plane,
        60,
        kubelet,
        40,
        dns,
        30,
        visitor,
        90,
      ],
      'nobody answers the name': [plane, 60, kubelet, 40, service, visitor, 90],
      'the visitor runs on without an answer': [
        plane,
        60,
        kubelet,
        40,
        service,
        visit('wget -qO- hello; sleep 36000'),
        60,
        dns,
        60,
      ],
      'a visitor that never asks': [plane, 60, kubelet, 40, service, dns, visit('sleep 36000'), 60],
      'applied again, and nothing more': [service, 120],
    },
  },
}
