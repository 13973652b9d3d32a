"""An API server on loopback for the bench, with a certificate of RSA-2048, and what publishes a message to it."""

import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
LIVE = HERE.parent / "live"
sys.path.insert(0, str(LIVE))

import api_object  # noqa: E402
import fake_api_server  # noqa: E402
import service_account  # noqa: E402

# What kubectl asks for before it knows where objects are; it keeps the answers in $HOME.
DISCOVERY = {
    "/api": {"kind": "APIVersions", "versions": ["v1"]},
    "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1", "resources": []},
    "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": [
        {"name": "example.com", "versions": [{"groupVersion": "example.com/v1", "version": "v1"}],
         "preferredVersion": {"groupVersion": "example.com/v1", "version": "v1"}}]},
    "/apis/example.com/v1": {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "example.com/v1", "resources": [
        {"name": "dbs", "singularName": "db", "namespaced": True, "kind": "Db", "verbs": ["get", "list", "patch"]},
        {"name": "dbs/status", "singularName": "", "namespaced": True, "kind": "Db", "verbs": ["get", "patch"]}]},
}


class Connection(fake_api_server.Connection):
    def process(self, method, path, headers, token, body):
        found = DISCOVERY.get(path.partition("?")[0])
        return (200, found) if found else super().process(method, path, headers, token, body)


@contextlib.contextmanager
def cluster():
    """The environment of a container whose object is on the server, and a function that gives the message there."""
    with tempfile.TemporaryDirectory() as temporary:
        top = pathlib.Path(temporary)
        subprocess.run([LIVE / "certificates", top / "certificates"], check=True, stdout=subprocess.DEVNULL)
        authority = top / "certificates/ca.crt"
        service_account.write(top / "account", {"token": b"good-token", "ca.crt": authority.read_bytes(), "namespace": b"default"})
        server = fake_api_server.Server(fake_api_server.parse([str(top / "server"), "--certificate", str(top / "certificates/rsa.crt")]))
        server.RequestHandlerClass = Connection
        server.tls.set_alpn_protocols(["http/1.1"])  # the server speaks no other
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        # The SDKs look for the service account in one place alone and, where that is missing, for the kubeconfig of kubectl.
        (top / "home/.kube").mkdir(parents=True)
        (top / "home/.kube/config").write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "bench",
            "clusters": [{"name": "bench", "cluster": {"server": f"https://127.0.0.1:{server.port}", "certificate-authority": str(authority)}}],
            "users": [{"name": "bench", "user": {"token": "good-token"}}],
            "contexts": [{"name": "bench", "context": {"cluster": "bench", "user": "bench", "namespace": "default"}}]}))
        yield {
            "HOME": str(top / "home"),
            "KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": str(server.port),
            "KRATIX_STATUS_SERVICE_ACCOUNT_DIR": str(top / "account"), "KRATIX_OBJECT_GROUP": "example.com",
            "KRATIX_OBJECT_VERSION": "v1", "KRATIX_OBJECT_KIND": "Db", "KRATIX_OBJECT_NAME": "one", "KRATIX_OBJECT_NAMESPACE": "default",
            "KRATIX_CRD_PLURAL": "dbs", "KRATIX_CLUSTER_SCOPED": "false", "KRATIX_PIPELINE_NAME": "p",
            "KRATIX_WORKFLOW_TYPE": "resource", "KRATIX_WORKFLOW_ACTION": "configure",
        }, lambda: server.object.get()[1]["status"]["message"]
        server.stop()


def fill(directory):
    """A Pipeline's directories with the server's object, and a status, without which the SDKs read none."""
    for name in ("input", "metadata"):
        (directory / name).mkdir(parents=True)
    (directory / "input/object.yaml").write_text(json.dumps(api_object.OBJECT))
    (directory / "metadata/status.yaml").write_text("message: Earlier\n")


def kubectl(program):
    return lambda root: [str(program), "patch", "dbs", "one", "--subresource=status", "--type=merge", "--patch",
                         '{"status":{"message":"round {n}"}}']
