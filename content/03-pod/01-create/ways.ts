// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const window = (text: string) => `printf '${text}' | kk apply -f -`

export default {
  window: {
    right: {
      'the manifest of the lesson, changed': [
        "sed 's/nginx-pod/window/; s/nginx-container/web/; s/image: nginx/image: httpd:2.4/' nginx.yaml | kk apply -f -",
        10,
      ],
      'a text of its own, the image by its full name': [
        window(
          'apiVersion: v1\\nkind: Pod\\nmetadata: {name: window}\\nspec: {containers: [{name: web, image: "docker.io/library/httpd:2.4"}]}\\n',
        ),
        10,
      ],
      'what kubectl run would send, with another name for the container': [
        "kk run window --image=httpd:2.4 --dry-run=client -o yaml | sed 's/^    name: window/    name: web/' | kk apply -f -",
        10,
      ],
      'first with the wrong image, then corrected in place': [
        "sed 's/nginx-pod/window/; s/nginx-container/web/' nginx.yaml | kk apply -f -",
        10,
        'kk set image pod/window web=httpd:2.4',
        10,
      ],
    },
    wrong: {
      'kubectl run names the container after the pod': ['kk run window --image=httpd:2.4', 10],
      'another image': ["sed 's/nginx-pod/window/; s/nginx-container/web/' nginx.yaml | kk apply -f -", 10],
      'an image that is not there': [
        "sed 's/nginx-pod/window/; s/nginx-container/web/; s/image: nginx/image: httpd:2.4x/' nginx.yaml | kk apply -f -",
        30,
      ],
      'a Deployment of that name': ['kk create deployment window --image=httpd:2.4', 10],
    },
  },
  'only-tests': {
    right: {
      'by label': ['kk delete pod -l purpose=test', 5],
      'by name, both at once': ['kk delete pod try-cart try-search', 5],
      'one after the other, by force': [
        'kk delete pod try-cart --grace-period=0 --force',
        'kk delete pod/try-search',
        5,
      ],
      'everything that is not of use': ['kk delete pods -l purpose', 5],
    },
    wrong: {
      'all pods': ['kk delete pods --all', 10],
      'by the label that all of them have': ['kk delete pod -l app=shop', 10],
      'one of the two': ['kk delete pod try-cart', 10],
      'the label is taken away, not the pods': ['kk label pod -l purpose=test purpose-', 10],
      'all of them, and the one in use made anew': [
        'kk delete pods --all',
        'kk run till --image=nginx --labels=app=shop',
        10,
      ],
    },
  },
  'three-slips': {
    right: {
      'each slip in the file': [
        "sed -i 's/kind: pod/kind: Pod/; s/imgae/image/; s/Shop_Window/shop-window/' window.yaml",
        'kk apply -f window.yaml',
        10,
      ],
      'through a pipe, the file untouched': [
        "sed 's/kind: pod/kind: Pod/; s/imgae/image/; s/Shop_Window/shop-window/' window.yaml | kk create -f -",
        10,
      ],
      'a text of its own that says the same': [
        window(
          'apiVersion: v1\\nkind: Pod\\nmetadata: {name: shop-window, labels: {app: shop}}\\nspec: {containers: [{name: window, image: nginx}]}\\n',
        ),
        10,
      ],
    },
    wrong: {
      'two of three': [
        "sed -i 's/kind: pod/kind: Pod/; s/imgae/image/' window.yaml",
        'kk apply -f window.yaml',
        10,
      ],
      'the misspelt field is dropped without validation': [
        "sed -i 's/kind: pod/kind: Pod/; s/Shop_Window/shop-window/' window.yaml",
        'kk apply --validate=false -f window.yaml',
        10,
      ],
      'kubectl run knows nothing of the file': ['kk run shop-window --image=nginx', 10],
      'the label is lost': [
        "sed 's/kind: pod/kind: Pod/; s/imgae/image/; s/Shop_Window/shop-window/; /labels/d; /app: shop/d' window.yaml | kk apply -f -",
        10,
      ],
    },
  },
}
