package dev.codingplans.plugin.credential.upload;

/** Published in the transaction that takes an upload: there is something to do. */
record UploadTaken() {}
