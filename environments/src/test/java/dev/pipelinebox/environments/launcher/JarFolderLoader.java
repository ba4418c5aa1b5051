package dev.pipelinebox.environments.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** Opens jars itself and tells nobody which they are, as the loaders of some frameworks do. */
final class JarFolderLoader extends ClassLoader {

    private final Map<Path, JarFile> jars = new LinkedHashMap<>();

    JarFolderLoader(List<Path> files, ClassLoader parent) throws IOException {
        super(parent);
        for (Path file : files.stream().filter(Files::isRegularFile).toList()) {
            jars.put(file, new JarFile(file.toFile()));
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        for (Map.Entry<Path, JarFile> jar : jars.entrySet()) {
            ZipEntry entry = jar.getValue().getEntry(file);
            if (entry != null) {
                return define(name, jar.getKey(), jar.getValue(), entry);
            }
        }
        throw new ClassNotFoundException(name);
    }

    private Class<?> define(String name, Path file, JarFile jar, ZipEntry entry) {
        try (InputStream content = jar.getInputStream(entry)) {
            byte[] bytes = content.readAllBytes();
            CodeSource source = new CodeSource(file.toUri().toURL(), (Certificate[]) null);
            return defineClass(name, bytes, 0, bytes.length, new ProtectionDomain(source, null, this, null));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    protected URL findResource(String name) {
        List<URL> found = all(name);
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(all(name));
    }

    private List<URL> all(String name) {
        List<URL> found = new ArrayList<>();
        jars.forEach((file, jar) -> {
            if (jar.getEntry(name) != null) {
                found.add(url(file, name));
            }
        });
        return found;
    }

    private static URL url(Path file, String name) {
        try {
            return new URL("jar:" + file.toUri() + "!/" + name);
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
