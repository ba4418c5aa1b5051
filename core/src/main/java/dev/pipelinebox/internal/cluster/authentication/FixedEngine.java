package dev.pipelinebox.internal.cluster.authentication;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** An engine that has neither settings nor a session: Akka asks for none. */
abstract class FixedEngine extends SSLEngine {

    private static final String[] NONE = {};

    private final boolean isClient;

    FixedEngine(boolean isClient) {
        this.isClient = isClient;
    }

    @Override
    public void beginHandshake() {}

    @Override
    public @Nullable Runnable getDelegatedTask() {
        return null;
    }

    @Override
    public @Nullable SSLSession getSession() {
        return null;
    }

    @Override
    public boolean getUseClientMode() {
        return isClient;
    }

    @Override
    public void setUseClientMode(boolean mode) {
        throw fixed();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return NONE;
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return NONE;
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        throw fixed();
    }

    @Override
    public String[] getSupportedProtocols() {
        return NONE;
    }

    @Override
    public String[] getEnabledProtocols() {
        return NONE;
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        throw fixed();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        throw fixed();
    }

    @Override
    public boolean getNeedClientAuth() {
        return true;
    }

    @Override
    public void setWantClientAuth(boolean want) {
        throw fixed();
    }

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        throw fixed();
    }

    @Override
    public boolean getEnableSessionCreation() {
        return false;
    }

    private static UnsupportedOperationException fixed() {
        return new UnsupportedOperationException("This engine has no settings");
    }
}
