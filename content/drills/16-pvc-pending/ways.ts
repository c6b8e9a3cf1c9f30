import type { DrillWays } from '../../../src/lesson/drill.ts'

export default {
  seen: [
    ['kubectl get pods', /Pending/],
    ['kubectl get pvc', /Pending +fast/],
    ['kubectl get events', /ProvisioningFailed.*storageclass.storage.k8s.io "fast" not found/s],
    ['kubectl get events', /pod has unbound immediate PersistentVolumeClaims/],
  ],
  right: {
    'the claim made anew, by a pipe': [
      'kubectl delete pvc queue-data',
      "sed 's/storageClassName: fast/storageClassName: local-disks/' queue.yaml | kubectl apply -f -",
    ],
    'the disk is given the class that is asked for': [
      `kubectl patch pv disk-1 -p '{"spec":{"storageClassName":"fast"}}'`,
    ],
    'the claim alone replaced': [
      "kubectl get pvc queue-data -o yaml | sed 's/storageClassName: fast/storageClassName: local-disks/' | kubectl replace --force -f -",
    ],
    'the disk asked for by its name': [
      `sed -i 's/storageClassName: fast/storageClassName: local-disks\\n  volumeName: disk-1/' queue.yaml`,
      'kubectl delete -f queue.yaml',
      'kubectl apply -f queue.yaml',
    ],
  },
  wrong: {
    'a class that cannot be changed in place': [
      "sed 's/storageClassName: fast/storageClassName: local-disks/' queue.yaml | kubectl apply -f -",
    ],
    'the data put where it does not last': [
      `kubectl patch deployment queue --type=json -p '[{"op":"replace","path":"/spec/template/spec/volumes/0","value":{"name":"data","emptyDir":{}}}]'`,
    ],
    'a class that nobody provisions': [
      `kubectl create -f - <<< '{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"fast"},"provisioner":"kubernetes.io/no-provisioner"}'`,
    ],
    'bound, and the data written elsewhere': [
      "sed -i 's/storageClassName: fast/storageClassName: local-disks/' queue.yaml",
      'kubectl delete pvc queue-data',
      'kubectl apply -f queue.yaml',
      `kubectl patch deployment queue --type=json -p '[{"op":"add","path":"/spec/template/spec/volumes/-","value":{"name":"tmp","emptyDir":{}}},{"op":"replace","path":"/spec/template/spec/containers/0/volumeMounts/0/name","value":"tmp"}]'`,
    ],
    'the disk made anew': ["sed -i 's/local-disks/fast/' disk.yaml", 'kubectl replace --force -f disk.yaml'],
    'a disk of one’s own': ["sed 's/disk-1/disk-2/; s/local-disks/fast/' disk.yaml | kubectl apply -f -"],
  },
} satisfies DrillWays
