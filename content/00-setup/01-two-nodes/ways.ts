// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const manifest = (name: string, image: string) =>
  `printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: ${name}}\\nspec: {containers: [{name: c, image: "${image}"}]}\\n' | kk apply -f -`
const right = 'kubectl config set-cluster kubernetes --server=https://10.0.2.2:6443'

export default {
  'one-more': {
    right: {
      run: ['kk run web --image=nginx', 20],
      'by the full name of the image': ['kubectl run web --image=docker.io/library/nginx:latest', 20],
      'a manifest': [manifest('web', 'nginx'), 20],
    },
    wrong: {
      'another name': ['kk run nginx --image=nginx', 60],
      'another image': ['kk run web --image=httpd', 60],
      'a misspelt image never starts': ['kk run web --image=ngnix', 120],
      'only tried': ['kk run web --image=nginx --dry-run=server', 60],
      'a Deployment makes up its pods’ names': ['kk create deployment web --image=nginx', 60],
    },
  },
  foresee: {
    right: {
      run: ['kk run k8s-node1 --image=nginx', 20],
      'a manifest, another image': [manifest('k8s-node1', 'httpd'), 20],
      'on the control plane, past the scheduler': [
        `kk run k8s-master --image=nginx --overrides='{"spec":{"nodeName":"k8s-master"}}'`,
        20,
      ],
      'after a wrong guess': [
        'kk run k8s-master --image=nginx',
        20,
        'kk delete pod k8s-master',
        'kk run k8s-node1 --image=nginx',
        20,
      ],
    },
    wrong: {
      'it does not go to the control plane': ['kk run k8s-master --image=nginx', 60],
      'not quite the name of the node': ['kk run node1 --image=nginx', 60],
      'the right name, and it never starts': ['kk run k8s-node1 --image=ngnix', 120],
      'it asks for a node that there is not': [
        `kk run k8s-node2 --image=nginx --overrides='{"spec":{"nodeName":"k8s-node2"}}'`,
        60,
      ],
    },
  },
  'wrong-door': {
    right: {
      'set-cluster': [right, 'kk run proof --image=nginx', 20],
      'the file itself': ["sed -i 's/10.0.2.3/10.0.2.2/' ~/.kube/config", 'kk run proof --image=httpd', 20],
      'by the property': [
        'kk config set clusters.kubernetes.server https://10.0.2.2:6443',
        'kk run proof --image=nginx',
        20,
      ],
      'the file that lies on the control plane': [
        'ssh k8s-master cat /etc/kubernetes/admin.conf > ~/.kube/config',
        'kk run proof --image=nginx',
        20,
      ],
      'a cluster of another name, and the context leads to it': [
        'kk config set-cluster shop --server=https://10.0.2.2:6443',
        'kk config set-context --current --cluster=shop',
        'kk --insecure-skip-tls-verify run proof --image=nginx',
        20,
      ],
    },
    wrong: {
      'as it was found': ['kk run proof --image=nginx', 60],
      'past the file, which stays as it is': ['kk -s https://10.0.2.2:6443 run proof --image=nginx', 60],
      'with the kubectl of the control plane': ['ssh k8s-master kubectl run proof --image=nginx', 60],
      'the other port of the wrong machine': [
        'kk config set-cluster kubernetes --server=https://10.0.2.3:443',
        'kk run proof --image=nginx',
        60,
      ],
      'a cluster of another name, which no context uses': [
        'kk config set-cluster k8s --server=https://10.0.2.2:6443',
        'kk run proof --image=nginx',
        60,
      ],
      'repaired and left at that': [right, 'kk get nodes', 60],
    },
  },
}
