package dev.codingplans.plugin.credential;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/** An upload. */
@MappedEntity("upload")
record UploadRow(@Id UUID id, String state) {}
