"""The object that the fake API server holds: merge patches on its status, its versions, and who wrote which key."""
import datetime
import json
import threading

# What Kratix puts into the environment of a container of the Pipeline that runs for the object below.
PIPELINE = {"KRATIX_OBJECT_GROUP": "example.com", "KRATIX_OBJECT_VERSION": "v1", "KRATIX_OBJECT_KIND": "Db",
            "KRATIX_OBJECT_NAME": "one", "KRATIX_OBJECT_NAMESPACE": "default", "KRATIX_CRD_PLURAL": "dbs",
            "KRATIX_CLUSTER_SCOPED": "false", "KRATIX_WORKFLOW_TYPE": "resource", "KRATIX_WORKFLOW_ACTION": "configure",
            "KRATIX_PIPELINE_NAME": "p"}
PATH = "/apis/example.com/v1/namespaces/default/dbs/one"
OBJECT = {
    "apiVersion": "example.com/v1",
    "kind": "Db",
    "metadata": {"name": "one", "namespace": "default", "resourceVersion": "100", "generation": 1},
    "spec": {"size": 3, "pad": "x" * 6000, "big": 9223372036854775807},
    "status": {
        "message": "Pending",
        "conditions": [{"type": "Reconciled", "status": "Unknown", "reason": "WorkflowPending", "message": "Pending",
                        "lastTransitionTime": "2026-01-01T00:00:00Z"}],
        "kratix": {"workflows": {"pipelines": [{"name": "p", "phase": "Running", "attempts": 2}]}},
        "old": {"a": 1, "b": 2},
    },
}
REASONS = {400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed", 409: "Conflict",
           413: "RequestEntityTooLarge", 415: "UnsupportedMediaType", 422: "Invalid", 429: "TooManyRequests",
           500: "InternalError", 503: "ServiceUnavailable", 504: "Timeout"}
CONFLICT = ('Operation cannot be fulfilled on dbs.example.com "one": the object has been modified; please apply your changes to '
            "the latest version and try again")


def failure(code, message):
    """The Kubernetes Status in which an API server says what failed."""
    return {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": message,
            "reason": REASONS.get(code, "Unknown"), "code": code}


def merge_patch(target, patch):
    """RFC 7386, section 2."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value)
    return result


def owned(entries, before, after, manager):
    """managedFields after `manager` changed `before` to `after`: a key belongs to the one who changed it last."""
    changed = {key for key in after.keys() | before.keys() if before.get(key) != after.get(key)}
    kept, own = [], {f"f:{key}": {} for key in sorted(changed & after.keys())}
    for entry in entries:
        fields = {name: value for name, value in entry["fieldsV1"]["f:status"].items() if name[2:] not in changed}
        if entry["manager"] == manager:
            own = fields | own
        elif fields:
            kept.append(entry | {"fieldsV1": {"f:status": fields}})
    if not own:
        return kept
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return [*kept, {"manager": manager, "operation": "Update", "apiVersion": "example.com/v1", "time": now,
                    "fieldsType": "FieldsV1", "fieldsV1": {"f:status": own}, "subresource": "status"}]


class Object:
    """The object, which any thread may read and patch. The file `kept_in` always holds it as JSON."""

    def __init__(self, document, kept_in):
        self.document = document
        self.kept_in = kept_in
        self.lock = threading.Lock()
        self.keep()

    def keep(self):
        beside = self.kept_in.with_suffix(".tmp")
        beside.write_text(json.dumps(self.document))
        beside.rename(self.kept_in)

    def get(self):
        with self.lock:
            return 200, self.document

    def patch_status(self, patch, manager):
        """Applies a merge patch to the status subresource, so to .status alone. Returns (code, document)."""
        with self.lock:
            metadata = self.document["metadata"]
            wanted = (patch.get("metadata") or {}).get("resourceVersion")
            if wanted not in (None, metadata["resourceVersion"]):
                return 409, failure(409, CONFLICT)
            before = self.document.get("status", {})
            after = merge_patch(before, patch.get("status", {}))
            if after != before:  # else an API server writes nothing
                version = str(int(metadata["resourceVersion"]) + 1)
                fields = owned(metadata.get("managedFields", []), before, after, manager)
                metadata = metadata | {"resourceVersion": version, "managedFields": fields}
                self.document = self.document | {"metadata": metadata, "status": after}
                self.keep()
            return 200, self.document
