package dev.pipelinebox.environments.container;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Deploys a web archive and takes it away again, as the lines of its standard input say. */
public final class EmbeddedTomcat {

    private EmbeddedTomcat() {}

    /**
     * Runs until the standard input ends.
     *
     * @param arguments a directory to work in, and the web archive
     * @throws Exception if it cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(arguments[0]);
        tomcat.setPort(0);
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getHost();
        tomcat.start();
        System.out.println("port " + tomcat.getConnector().getLocalPort());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (input.readLine() != null) {
            Context deployed = tomcat.addWebapp("/app", arguments[1]);
            System.out.println("deployed");
            input.readLine();
            tomcat.getHost().removeChild(deployed);
            System.out.println("undeployed");
        }
        tomcat.stop();
        tomcat.destroy();
    }
}
