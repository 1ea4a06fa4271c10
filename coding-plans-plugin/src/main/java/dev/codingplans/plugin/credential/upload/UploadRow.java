package dev.codingplans.plugin.credential.upload;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/**
 * An upload, as far as its progress goes.
 *
 * @param stored how many of its lines are stored
 * @param total how many it has
 */
@MappedEntity("upload")
record UploadRow(@Id UUID id, String state, int stored, int total) {}
