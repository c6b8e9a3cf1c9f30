// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const role = (name: string, verbs: string, resources: string, namespace = 'shop') =>
  `kk create role ${name} --verb=${verbs} --resource=${resources} -n ${namespace}`
const bind = (to: string, more: string, namespace = 'shop') =>
  `kk create rolebinding given --${to} ${more} -n ${namespace}`
const scaler = [
  'kk create role scaler --verb=get,list --resource=deployments -n shop --dry-run=client -o yaml > scaler.yaml',
  "printf -- '- apiGroups: [apps]\\n  resources: [deployments/scale]\\n  verbs: [get, update, patch]\\n' >> scaler.yaml",
  'kk apply -f scaler.yaml',
]
const mended =
  "sed -i 's/resources: .pods, deployments./resources: [pods]/; s/^---/  - apiGroups: [apps]\\n    resources: [deployments]\\n    verbs: [get, list, watch]\\n---/' role-broken.yaml"
const moved = "sed -i 's/^  namespace: data/  namespace: shop/' role-broken.yaml"
const apply = 'kk apply -f role-broken.yaml'

export default {
  'look-only': {
    right: {
      'a role and a binding': [
        role('looks', 'get,list,watch', 'pods,pods/log'),
        bind('role=looks', '--user=intern'),
      ],
      'the cluster role view, bound here': [bind('clusterrole=view', '--user=intern')],
      'two roles for one user': [
        role('pods', 'get,list,watch', 'pods'),
        role('logs', 'get', 'pods/log'),
        bind('role=pods', '--user=intern'),
        'kk create rolebinding logs --role=logs --user=intern -n shop',
      ],
    },
    wrong: {
      'without the logs': [role('looks', 'get,list,watch', 'pods'), bind('role=looks', '--user=intern')],
      'exec comes with the logs': [
        role('looks', 'get,list,watch', 'pods'),
        role('logs', 'get,create', 'pods/log,pods/exec'),
        bind('role=looks', '--user=intern'),
        'kk create rolebinding logs --role=logs --user=intern -n shop',
      ],
      'edit is too much': [bind('clusterrole=edit', '--user=intern')],
      'for the whole cluster': ['kk create clusterrolebinding intern --clusterrole=view --user=intern'],
      'given to another': [
        role('looks', 'get,list,watch', 'pods,pods/log'),
        bind('role=looks', '--user=analyst'),
      ],
      'a role that nobody is given': [role('looks', 'get,list,watch', 'pods,pods/log')],
    },
  },
  'scale-only': {
    right: {
      'a role with two rules': [...scaler, bind('role=scaler', '--user=analyst')],
      'two roles': [
        role('looks', 'get,list', 'deployments'),
        role('scales', 'get,patch', 'deployments/scale'),
        bind('role=looks', '--user=analyst'),
        'kk create rolebinding scales --role=scales --user=analyst -n shop',
      ],
      'this one Deployment only, and no more than kubectl asks for': [
        role('looks', 'get', 'deployments --resource-name=home'),
        role('scales', 'patch', 'deployments/scale --resource-name=home'),
        bind('role=looks', '--user=analyst'),
        'kk create rolebinding scales --role=scales --user=analyst -n shop',
      ],
    },
    wrong: {
      'deployments may be patched: that is everything': [
        role('scales', 'get,list,patch', 'deployments,deployments/scale'),
        bind('role=scales', '--user=analyst'),
      ],
      edit: [bind('clusterrole=edit', '--user=analyst')],
      'the number may be read only': [
        role('scales', 'get', 'deployments,deployments/scale'),
        bind('role=scales', '--user=analyst'),
      ],
      'the number may be updated, and kubectl patches': [
        role('looks', 'get', 'deployments'),
        role('scales', 'get,update', 'deployments/scale'),
        bind('role=looks', '--user=analyst'),
        'kk create rolebinding scales --role=scales --user=analyst -n shop',
      ],
      'the scale without the Deployment': [
        role('scales', 'get,update,patch', 'deployments/scale'),
        bind('role=scales', '--user=analyst'),
      ],
    },
  },
  'wrong-room': {
    right: {
      'both put right in the manifest': [mended, moved, apply],
      'the cluster role view, bound in shop': [
        'kk create rolebinding sees --clusterrole=view --serviceaccount=data:report -n shop',
      ],
      'made anew by commands': [
        'kk delete role orders-reader -n shop',
        role('orders-reader', 'get,list,watch', 'pods,deployments'),
        'kk create rolebinding sees --role=orders-reader --serviceaccount=data:report -n shop',
      ],
    },
    wrong: {
      'the role alone': [mended, apply],
      'the binding alone': [moved, apply],
      'an administrator': [
        'kk create clusterrolebinding report --clusterrole=cluster-admin --serviceaccount=data:report',
      ],
      'view of the whole cluster': [
        'kk create clusterrolebinding report --clusterrole=view --serviceaccount=data:report',
      ],
      'another account': [
        mended,
        apply,
        'kk create rolebinding sees --role=orders-reader --serviceaccount=shop:report -n shop',
      ],
    },
  },
}
