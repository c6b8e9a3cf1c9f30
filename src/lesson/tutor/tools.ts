// Programs that tutorials and habits ask for and that this workstation does not have: what is here in their place. The
// sentences stand in i18n/lab/tutor.*.ts under the group's name.

export type ToolGroup =
  | 'clusters'
  | 'screens'
  | 'packages'
  | 'helm'
  | 'compose'
  | 'node'
  | 'names'
  | 'git'
  | 'languages'
  | 'logs'
  | 'usage'
  | 'contexts'
  | 'root'
  | 'same'
  | 'clouds'

interface Tool {
  readonly group: ToolGroup
  /** What to type in its place: `@` stands for the program's name, `$` for the words behind it. */
  readonly line?: string
}

const each = (group: ToolGroup, line: string | undefined, names: string): [string, Tool][] =>
  names.split(' ').map(name => [name, { group, ...(line !== undefined && { line }) }])

const tools = new Map<string, Tool>([
  ...each('clusters', 'kubectl get nodes', 'minikube kind k3d k3s microk8s colima vagrant'),
  ...each('screens', 'kubectl get pods -A', 'k9s lens octant kubernetes-dashboard'),
  ...each('packages', 'help', 'apt apt-get yum dnf apk brew snap pip pip3 npm choco pacman winget'),
  ...each('helm', 'kubectl apply -f ', 'helm helmfile'),
  ...each('compose', 'docker run ', 'docker-compose'),
  ...each(
    'node',
    'ssh k8s-master @ $',
    'kubeadm crictl ctr systemctl journalctl etcdctl etcdutl ip ss netstat free iptables tar',
  ),
  ...each('node', 'ssh k8s-master systemctl status @', 'kubelet containerd'),
  ...each(
    'names',
    'kubectl run test --rm -it --image=busybox -- nslookup kubernetes',
    'nslookup dig host getent telnet nc ncat traceroute',
  ),
  ...each('git', 'ls', 'git gh svn'),
  ...each('languages', undefined, 'go node python python3 java javac ruby php cargo rustc gcc make mvn'),
  ...each('logs', 'kubectl logs -f --prefix -l app=', 'stern kail'),
  ...each('usage', 'kubectl top nodes', 'top htop'),
  ...each('contexts', 'kubectl config get-contexts', 'kubectx kubens'),
  ...each('root', '$', 'sudo doas'),
  ...each('same', 'kubectl kustomize $', 'kustomize'),
  ...each('same', 'kubectl $', 'oc'),
  ...each('same', 'docker $', 'podman nerdctl'),
  ...each('same', 'vi $', 'emacs pico ed notepad micro subl gedit'),
  ...each('same', 'ls -l $', 'll la'),
  ...each('same', 'ls $', 'dir'),
  ...each('same', 'clear', 'cls'),
  ...each('same', 'jq . $', 'yq'),
  ...each('clouds', undefined, 'aws az gcloud eksctl terraform ansible istioctl argocd flux skaffold tilt'),
])

export const foreignTool = (name: string): Tool | undefined => tools.get(name)
export const foreignTools = (): ReadonlyMap<string, Tool> => tools
