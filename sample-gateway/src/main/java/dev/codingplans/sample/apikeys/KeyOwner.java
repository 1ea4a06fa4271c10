package dev.codingplans.sample.apikeys;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/**
 * Whose key a digest is that of.
 *
 * @param useIsDue whether it is time to write down that the key is in use
 */
@MappedEntity("api_key")
record KeyOwner(@Id UUID id, String digest, String userId, boolean useIsDue) {}
